import type { Box } from '../../models/index.ts';
import type { LineReader, Strip } from './engine.ts';
import { hasInk } from './holes.ts';
import { cropGray } from './prepare/raster.ts';
import type { PlacedCharacter, PlacedLine } from './readPage.ts';
import { type InkBetween, reconcile } from './reconcile.ts';
import { type Stretch, stretchesOf } from './stretches.ts';

/** At most this share of a page's lines is read twice. */
const mostShare = 0.5;
/** Below this the first engine's character is doubtful. */
const doubtful = 0.9;

/** What of a line is to be read twice. */
export interface Wanted {
  /** Index of the line. */
  readonly index: number;
  readonly stretches: readonly Stretch[];
}

/**
 * What a second engine should read: characters that the first was unsure of, and what facts are made of: numbers,
 * dates, document numbers, addresses, names and bodies on lines of their own, letterheads.
 */
export function wantsSecondReading(lines: readonly PlacedLine[]): Wanted[] {
  const weighed = lines.map((line, index) => ({ index, ...weigh(line) })).filter(({ weight }) => weight > 0);
  weighed.sort((a, b) => b.weight - a.weight || a.index - b.index);
  const most = Math.max(6, Math.ceil(lines.length * mostShare));
  return weighed
    .slice(0, most)
    .map(({ index, stretches }) => ({ index, stretches }))
    .sort((a, b) => a.index - b.index);
}

/** Figures and what belongs to them: 苇教发〔2025〕8号, 3月25日至4月10日, 0490-6602035. */
const inFigures = '[\\dA-Za-z@.,%％〔〕［］[\\]【】（）()年月日号至—\\-~～/_]*';
const figures = new RegExp(
  `(?:\\p{Script=Han}{1,12}(?=[〔［[【（(]\\s*(?:19|20)\\d{2}))?${inFigures}\\d${inFigures}`,
  'gu',
);

function weigh(line: PlacedLine): { weight: number; stretches: readonly Stretch[] } {
  const { characters } = line;
  const whole = [{ from: 0, to: characters.length }];
  if (line.stacked) return { weight: 0, stretches: [] };
  const text = characters.map((c) => c.text).join('');
  let weight = 0;
  const worst = Math.min(...characters.map((c) => c.confidence));
  if (worst < doubtful) weight += 4 * (1 - worst) + 1;
  if (/[〔［[【（(]\s*(?:19|20)\d{2}\s*[〕\]］】）)]/.test(text)) weight += 3;
  if (/\d{3,4}[-—]?\d{7,8}|1[3-9]\d{9}|@/.test(text)) weight += 3;
  if (/\d+\s*年|\d+\s*月|\d+\s*日/.test(text)) weight += 2;
  else if (/\d{2,}|\d[.%％]/.test(text)) weight += 1;
  if (line.color === 'red') return { weight: weight + 2, stretches: whole };
  // Labels of cells are short; a bracket without its fellow was lost or made up.
  if (text.length <= 14 && count(text, /[（(]/g) !== count(text, /[)）]/g))
    return { weight: weight + 1.5, stretches: whole };
  // A body or a name on a line of its own: signatures, recipients, titles.
  if (text.length <= 26 && /(?:局|厅|委|部|府|院|办|会|室|所|站|中心|公司|通知|意见|联系人)[：:]?$/.test(text))
    return { weight: weight + 1.5, stretches: whole };
  if (weight === 0) return { weight, stretches: [] };
  const marked = characters.map((c) => c.confidence < doubtful);
  for (const { 0: run, index } of text.matchAll(figures)) {
    if (/@|\d{2}|\d[.%％年月日]/.test(run)) marked.fill(true, index, index + run.length);
  }
  return { weight, stretches: stretchesOf(marked) };
}

const count = (text: string, mark: RegExp): number => text.match(mark)?.length ?? 0;

/** Reads stretches of lines again with a second engine and puts the reconciled lines in their places. Changes `lines`. */
export async function secondReading(
  lines: PlacedLine[],
  wanted: readonly Wanted[],
  strips: readonly Strip[],
  readers: { readonly first: LineReader; readonly second: LineReader },
  signal: AbortSignal | undefined,
): Promise<void> {
  const pieces = wanted.flatMap(({ index, stretches }, k) =>
    stretches.map((stretch) => cutStretch(lines[index]!, stretch, strips[k]!)),
  );
  if (pieces.length === 0) return;
  const readings = await readers.second.readLines(
    pieces.map(({ strip }) => strip),
    signal ? { signal } : {},
  );
  let next = 0;
  for (const [k, { index, stretches }] of wanted.entries()) {
    const line = lines[index]!;
    const hasInkAt = inkOf(line, strips[k]!);
    let done = 0;
    const characters: PlacedCharacter[] = [];
    for (const { from, to } of stretches) {
      const { box } = pieces[next]!;
      const stretch = { ...line, box, characters: line.characters.slice(from, to) };
      characters.push(
        ...line.characters.slice(done, from),
        ...reconcile(stretch, readings[next++]!, readers.first, hasInkAt).characters,
      );
      done = to;
    }
    lines[index] = { ...line, characters: [...characters, ...line.characters.slice(done)] };
  }
}

/** A stretch of a line, cut between its characters, with what of the strip holds it. */
function cutStretch(line: PlacedLine, { from, to }: Stretch, strip: Strip): { box: Box; strip: Strip } {
  const { characters, box } = line;
  const between = (i: number): number => (characters[i - 1]!.x1 + characters[i]!.x0) / 2;
  const cut: Box = [
    from === 0 ? box[0] : between(from),
    box[1],
    to === characters.length ? box[2] : between(to),
    box[3],
  ];
  if (from === 0 && to === characters.length) return { box: cut, strip };
  const { image, em } = strip;
  const x = columnOf(line, strip);
  const x0 = from === 0 ? 0 : Math.round(x(cut[0]));
  const x1 = to === characters.length ? image.width : Math.round(x(cut[2]));
  return { box: cut, strip: { em, image: cropGray(image, { x0, y0: 0, x1, y1: image.height }) } };
}

/** From points of the page to columns of the strip of a line, which has a quarter of an em more on each side. */
function columnOf({ box }: PlacedLine, { image, em }: Strip): (x: number) => number {
  const margin = em / 4;
  const scale = (image.width - 2 * margin) / (box[2] - box[0]);
  return (x) => margin + (x - box[0]) * scale;
}

function inkOf(line: PlacedLine, strip: Strip): InkBetween {
  const x = columnOf(line, strip);
  return (x0, x1) => hasInk(strip.image, x(x0), x(x1));
}
