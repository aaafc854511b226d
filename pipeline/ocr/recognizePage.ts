import type { Box } from '../../models/index.ts';
import type { PagePart } from './compose.ts';
import type { LineReader } from './engine.ts';
import { cutStacked, cutStrip, type FoundLine, type FoundPage, findText } from './findText.ts';
import { separateInks } from './prepare/inks.ts';
import { chain, identity, type Projective, scaling } from './prepare/projective.ts';
import { type Color, turnColor } from './prepare/raster.ts';
import { straighten } from './prepare/straighten.ts';
import { splitSheet } from './prepare/twoUp.ts';
import { mean, placeLine, readLines, readSeals } from './readPage.ts';
import { rememberReadings } from './rememberReadings.ts';
import { secondReading, wantsSecondReading } from './secondReading.ts';

export interface PageEngines {
  /** Reads everything. */
  readonly first: LineReader;
  /** Reads again what matters and what is doubtful; null: nothing is read twice. */
  readonly second: LineReader | null;
}

export interface RecognizedPage {
  /** One part, or two where two pages lie on one sheet. */
  readonly parts: readonly PagePart[];
  /** Why nothing was read; null where something was, or there was nothing. */
  readonly unreadable: 'noise' | 'no-text' | null;
  /** Why the second engine did not read what it should have read; absent where it did. */
  readonly readOnce?: string;
}

/** Longest lines read to find out how a page lies, and how sure their reading must be. */
const sampleSize = 6;
const uprightConfidence = 0.72;
const textConfidence = 0.45;

interface Prepared {
  readonly found: FoundPage;
  /** Pixels a point of the prepared page. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  /** From pixels of the prepared page to pixels of the picture. */
  readonly map: Projective;
}

/** Recognises the picture of one page. `box` is where the picture lies on the page, in points. */
export async function recognizePage(
  picture: Color,
  box: Box,
  engines: PageEngines,
  signal: AbortSignal | undefined,
): Promise<RecognizedPage> {
  const toPoints: Projective = [
    (box[2] - box[0]) / picture.width,
    0,
    box[0],
    0,
    (box[3] - box[1]) / picture.height,
    box[1],
    0,
    0,
    1,
  ];
  if (isEmpty(picture)) return { parts: [], unreadable: null };
  const parts: PagePart[] = [];
  let unreadable: RecognizedPage['unreadable'] = null;
  let readOnce: string | null = null;
  const first = rememberReadings(engines.first);
  const straight = straighten(picture);
  for (const half of splitSheet(straight.color)) {
    signal?.throwIfAborted();
    const size = { width: (half.color.width * (box[2] - box[0])) / picture.width, photo: straight.photo };
    const chosen = await chooseTurn(half.color, chain(straight.map, half.map), size, first, signal);
    if (chosen.unreadable) {
      unreadable = chosen.unreadable;
      continue;
    }
    const { found, scale, width, height, map } = chosen.prepared;
    const tasks = await readLines(found, first, signal);
    const seals = await readSeals(found, first, scale, signal);
    const placed = tasks.flatMap((task) => {
      const line = placeLine(task, found, scale);
      return line ? [{ task, line }] : [];
    });
    const { second } = engines;
    const lines = placed.map((p) => p.line);
    if (second) {
      const again = wantsSecondReading(lines);
      const strips = again.map(({ index }) => placed[index]!.task.strip);
      try {
        await secondReading(lines, again, strips, { first: engines.first, second }, signal);
      } catch (error) {
        signal?.throwIfAborted();
        readOnce = error instanceof Error ? error.message : String(error);
      }
    }
    parts.push({
      lines,
      grids: found.grids,
      strokes: found.strokes,
      seals,
      stamps: found.stamps.map(({ x0, y0, x1, y1 }): Box => [x0 / scale, y0 / scale, x1 / scale, y1 / scale]),
      width: width / scale,
      height: height / scale,
      toPage: chain(chain(toPoints, map), scaling(scale)),
    });
  }
  return { parts, unreadable: parts.length === 0 ? unreadable : null, ...(readOnce !== null && { readOnce }) };
}

/** Levels between ink and paper, at least. */
const leastContrast = 40;

/** Whether a picture is of one colour all over, as blank backs of sheets are; most others say no in the first rows. */
function isEmpty({ data }: Color): boolean {
  const [least, most] = [
    [255, 255, 255],
    [0, 0, 0],
  ];
  for (let at = 0; at < data.length; at++) {
    const channel = at % 3;
    const value = data[at]!;
    if (value >= least[channel]! && value <= most[channel]!) continue;
    least[channel] = Math.min(least[channel]!, value);
    most[channel] = Math.max(most[channel]!, value);
    if (most[channel]! - least[channel]! >= leastContrast) return false;
  }
  return true;
}

function prepare(color: Color, map: Projective, size: { width: number; photo: boolean }): Prepared {
  // A sheet cut out of a photo is taken for A4, whatever the photo measures.
  const long = Math.max(color.width, color.height);
  const scale = size.photo ? long / 841.89 : color.width / size.width;
  return { found: findText(separateInks(color), scale), scale, width: color.width, height: color.height, map };
}

/** Finds out which side of a page is up by reading a few lines; nearly always it is the one that is up already. */
async function chooseTurn(
  color: Color,
  map: Projective,
  size: { width: number; photo: boolean },
  reader: LineReader,
  signal: AbortSignal | undefined,
): Promise<{ prepared: Prepared; unreadable: RecognizedPage['unreadable'] }> {
  const upright = prepare(color, map, size);
  if (upright.found.noise) return { prepared: upright, unreadable: 'noise' };
  const sample = sampleLines(upright.found);
  if (sample.length === 0) return { prepared: upright, unreadable: null };
  let best = { prepared: upright, sureness: await sureness(upright.found, sample, reader, signal) };
  if (best.sureness >= uprightConfidence) return { prepared: upright, unreadable: null };
  for (const quarters of [1, 3, 2]) {
    signal?.throwIfAborted();
    const turned = turnColor(color, quarters);
    const width = quarters === 2 ? size.width : (size.width * color.height) / color.width;
    const other = prepare(turned, chain(map, turnBack(quarters, color)), { ...size, width });
    if (other.found.noise) continue;
    const value = await sureness(other.found, sampleLines(other.found), reader, signal);
    if (value > best.sureness + 0.05) best = { prepared: other, sureness: value };
    if (value >= uprightConfidence) break;
  }
  return { prepared: best.prepared, unreadable: best.sureness < textConfidence ? 'no-text' : null };
}

/** From a picture turned clockwise by quarters back to how it was. */
function turnBack(quarters: number, { width, height }: Color): Projective {
  if (quarters === 1) return [0, 1, 0, -1, 0, height, 0, 0, 1];
  if (quarters === 3) return [0, -1, width, 1, 0, 0, 0, 0, 1];
  if (quarters === 2) return [-1, 0, width, 0, -1, height, 0, 0, 1];
  return identity;
}

function sampleLines(found: FoundPage): FoundLine[] {
  return found.lines
    .filter((line) => !line.stacked && line.x1 - line.x0 > line.y1 - line.y0)
    .sort((a, b) => (b.x1 - b.x0) * Math.min(b.em, 2 * b.em) - (a.x1 - a.x0) * Math.min(a.em, 2 * a.em))
    .slice(0, sampleSize);
}

/** How surely lines are read: the mean over their characters; nothing where hardly a character is read. */
async function sureness(
  found: FoundPage,
  sample: readonly FoundLine[],
  reader: LineReader,
  signal: AbortSignal | undefined,
): Promise<number> {
  if (sample.length === 0) return 0;
  const strips = sample.map((line) => (line.stacked ? cutStacked(found, line) : cutStrip(found, line)));
  const readings = await reader.readLines(strips, signal ? { signal } : {});
  return mean(readings.flatMap((reading) => reading.characters));
}
