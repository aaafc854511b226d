import type { LineReader, Strip } from './engine.ts';
import { hasInk } from './holes.ts';
import type { PlacedLine } from './readPage.ts';
import { type InkBetween, reconcile } from './reconcile.ts';

/** At most this share of a page's lines is read twice. */
const mostShare = 0.5;

/**
 * Which lines a second engine should read, by index: those with characters the first was unsure of, and those that
 * facts stand in: numbers, dates, document numbers, addresses, names and bodies on lines of their own, letterheads.
 */
export function wantsSecondReading(lines: readonly PlacedLine[]): number[] {
  const weighed = lines.map((line, index) => ({ index, weight: weightOf(line) })).filter(({ weight }) => weight > 0);
  weighed.sort((a, b) => b.weight - a.weight || a.index - b.index);
  const most = Math.max(6, Math.ceil(lines.length * mostShare));
  return weighed
    .slice(0, most)
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}

function weightOf(line: PlacedLine): number {
  if (line.stacked) return 0;
  const text = line.characters.map((c) => c.text).join('');
  let weight = 0;
  const worst = Math.min(...line.characters.map((c) => c.confidence));
  if (worst < 0.9) weight += 4 * (1 - worst) + 1;
  if (/[〔［[【（(]\s*(?:19|20)\d{2}\s*[〕\]］】）)]/.test(text)) weight += 3;
  if (/\d{3,4}[-—]?\d{7,8}|1[3-9]\d{9}|@/.test(text)) weight += 3;
  if (/\d+\s*年|\d+\s*月|\d+\s*日/.test(text)) weight += 2;
  else if (/\d{2,}|\d[.%％]/.test(text)) weight += 1;
  if (line.color === 'red') weight += 2;
  // Labels of cells are short; a bracket without its fellow was lost or made up.
  if (text.length <= 14 && count(text, /[（(]/g) !== count(text, /[)）]/g)) weight += 1.5;
  // A body or a name on a line of its own: signatures, recipients, titles.
  if (text.length <= 26 && /(?:局|厅|委|部|府|院|办|会|室|所|站|中心|公司|通知|意见|联系人)[：:]?$/.test(text))
    weight += 1.5;
  return weight;
}

const count = (text: string, mark: RegExp): number => text.match(mark)?.length ?? 0;

/** Reads lines again with a second engine and puts the reconciled lines in their places. Changes `lines`. */
export async function secondReading(
  lines: PlacedLine[],
  chosen: readonly number[],
  strips: readonly Strip[],
  readers: { readonly first: LineReader; readonly second: LineReader },
  signal: AbortSignal | undefined,
): Promise<void> {
  if (chosen.length === 0) return;
  const readings = await readers.second.readLines(strips, signal ? { signal } : {});
  chosen.forEach((index, k) => {
    lines[index] = reconcile(lines[index]!, readings[k]!, readers.first, inkOf(lines[index]!, strips[k]!));
  });
}

/** The ink of a line in the strip that it was read from, which is the line with a quarter of an em on each side. */
function inkOf({ box }: PlacedLine, { image, em }: Strip): InkBetween {
  const margin = em / 4;
  const scale = (image.width - 2 * margin) / (box[2] - box[0]);
  return (x0, x1) => hasInk(image, margin + (x0 - box[0]) * scale, margin + (x1 - box[0]) * scale);
}
