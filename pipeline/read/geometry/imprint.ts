import type { LayoutLine } from '../../../models/index.ts';
import { isBlank } from './content.ts';
import type { GlyphRow } from './lines.ts';
import { lineFromRow } from './lines.ts';

/**
 * Lines of rows in order. The last line of an imprint holds the printing body at its left and the date at its right (GB/T 9704-2012, 7.4.3); where the
 * body's name is too long for its half and goes on below, the name is read as one before the date.
 */
export function linesOfRows(rows: readonly GlyphRow[]): LayoutLine[] {
  const lines: LayoutLine[] = [];
  for (let i = 0; i < rows.length; i++) {
    const parted = partedImprint(rows[i]!, rows[i + 1]);
    if (parted) {
      lines.push(...parted);
      i++;
      continue;
    }
    const line = lineFromRow(rows[i]!);
    if (line) lines.push(line);
  }
  return lines;
}

function partedImprint(row: GlyphRow, next: GlyphRow | undefined): LayoutLine[] | undefined {
  if (!next || next.baseline - row.baseline > 2 * row.size || Math.abs(next.size - row.size) > 0.1 * row.size) {
    return undefined;
  }
  const glyphs = row.glyphs.filter((g) => !isBlank(g.text));
  const rest = next.glyphs.filter((g) => !isBlank(g.text));
  const at = glyphs.findIndex((g, i) => i > 0 && g.x0 - glyphs[i - 1]!.x1 > 2 * row.size);
  const [first, last, below] = [glyphs[0], glyphs[at - 1], rest.at(-1)];
  if (at < 0 || !first || !last || !below) return undefined;
  const date = glyphs.slice(at);
  if (!/^\d{4}年\d{1,2}月\d{1,2}日印发$/.test(date.map((g) => g.text).join(''))) return undefined;
  const under = Math.abs(rest[0]!.x0 - first.x0) < 0.6 * row.size && below.x1 <= last.x1 + 0.6 * row.size;
  if (!under) return undefined;
  const parts = [glyphs.slice(0, at), rest, date].map((part) => lineFromRow({ ...row, glyphs: part }));
  return parts.flatMap((line, i) => (line ? [i === 0 ? { ...line, paragraphEnd: false } : line] : []));
}
