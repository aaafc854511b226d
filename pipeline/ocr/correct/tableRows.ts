import type { RuledGrid } from '../../read/geometry/grids.ts';
import type { PagePart } from '../compose.ts';
import { align } from './alignment.ts';
import { type Correction, type Draft, draftsIn, draftText, replaceCharacters } from './draft.ts';
import { digitShapes } from './grammar.ts';

/** Cells of a column that count on by one, at least, for the others to be told from them. */
const leastCounted = 3;
/** What digits are taken for in narrow cells. */
const digitLike = /^[\dIl|丨!i一OoQZzSsBg]{1,3}$/;

/** The cells that begin in each column. */
const columnsOf = ({ cells, columnEdges }: RuledGrid): RuledGrid['cells'][] =>
  columnEdges.slice(1).map((_, column) => cells.filter((cell) => cell.column === column));

/**
 * A number in a column of running numbers (序号) that was read as letters: the cells above and below, which count on, say
 * which it is.
 */
export function correctSerials(part: PagePart, drafts: readonly Draft[]): Correction[] {
  return part.grids.flatMap((grid) =>
    columnsOf(grid).flatMap((column) => {
      const cells = column
        .filter((cell) => cell.columnSpan === 1 && cell.rowSpan === 1)
        .sort((a, b) => a.row - b.row)
        .map((cell) => ({ row: cell.row, held: draftsIn(cell.box, drafts) }));
      const first = startOf(cells.map(({ row, held }) => ({ row, text: held.map(draftText).join('') })));
      if (first === null) return [];
      return cells.flatMap(({ row, held }): Correction[] => {
        const [draft] = held;
        const right = String(row + first);
        if (held.length !== 1 || !draft) return [];
        const was = draftText(draft);
        if (was === right || was.length !== right.length || /^\d+$/.test(was) || !digitLike.test(was)) return [];
        replaceCharacters(draft, 0, right, 0.9);
        return [{ page: draft.page, kind: 'corrected', was, became: right, because: '同一列的连续序号' }];
      });
    }),
  );
}

/** Letters that a figure standing alone is taken for. */
const figures: Readonly<Record<string, string>> = { ...digitShapes, C: '0', c: '0' };
/** Figures in a column, at least. */
const leastFigures = 3;

/** A letter alone in a cell of a column of figures is the figure of its shape: the column and the shape are the witnesses. */
export function correctFigures(part: PagePart, drafts: readonly Draft[]): Correction[] {
  return part.grids.flatMap((grid) =>
    columnsOf(grid).flatMap((column) => {
      const held = column
        .filter((cell) => cell.row > 0)
        .map((cell) => draftsIn(cell.box, drafts))
        .filter((own) => own.length > 0);
      const count = held.filter((own) => /^\d+$/.test(own.map(draftText).join(''))).length;
      if (count < leastFigures || count < 0.6 * held.length) return [];
      return held.flatMap(([draft, ...others]): Correction[] => {
        const was = draft && others.length === 0 ? draftText(draft) : '';
        const right = figures[was];
        if (!draft || right === undefined) return [];
        replaceCharacters(draft, 0, right, 0.85);
        return [{ page: draft.page, kind: 'corrected', was, became: right, because: '同一列其他单元格的数字' }];
      });
    }),
  );
}

/** What is to be added to the row for the number in it; null where a column does not count on nearly everywhere. */
function startOf(cells: readonly { readonly row: number; readonly text: string }[]): number | null {
  const votes = new Map<number, number>();
  let filled = 0;
  for (const { row, text } of cells) {
    if (text !== '') filled++;
    if (/^\d{1,3}$/.test(text)) votes.set(Number(text) - row, (votes.get(Number(text) - row) ?? 0) + 1);
  }
  const [best] = [...votes].sort((a, b) => b[1] - a[1]);
  return best && best[1] >= leastCounted && best[1] >= 0.6 * filled - 1 ? best[0] : null;
}

/** Share of the characters of a row of the header that its repetition must have. */
const leastShare = 0.8;
const mostHeaderRows = 3;
/** Sides of columns, in points. */
const near = 6;
/** A character that was read more surely is left as it is: what differs may be what is printed. */
const unsure = 0.95;

/**
 * The header of a table that is printed again on the next page: rows that were read nearly alike in cells at the same
 * places say the same, and the surer reading counts. The places are one witness, the words that agree the other. Words
 * above the table, or a character that differs and was read surely on both pages (上半年, 下半年), say that it is another.
 */
export function correctRepeatedHeaders(parts: ReadonlyMap<PagePart, readonly Draft[]>): Correction[] {
  const corrections: Correction[] = [];
  let above: { grid: RuledGrid; drafts: readonly Draft[] } | undefined;
  for (const [part, drafts] of parts) {
    const [first] = part.grids;
    if (above && first && sameColumns(above.grid, first) && !hasTextAbove(first, drafts)) {
      const pairs = pairedCells(above, { grid: first, drafts });
      if (!pairs.some(differSurely)) {
        for (const pair of pairs) corrections.push(...settle(pair));
        // The table is known by its first page.
        if (part.grids.length === 1) continue;
      }
    }
    const last = part.grids.at(-1);
    above = last && { grid: last, drafts };
  }
  return corrections;
}

function sameColumns(a: RuledGrid, b: RuledGrid): boolean {
  const by = b.columnEdges[0]! - a.columnEdges[0]!;
  return (
    a.columnEdges.length === b.columnEdges.length &&
    a.columnEdges.every((edge, i) => Math.abs(b.columnEdges[i]! - by - edge) <= near)
  );
}

/** Whether words stand above a table: its title, or 附件. 续表 stands above one that goes on. */
const hasTextAbove = ({ box }: RuledGrid, drafts: readonly Draft[]): boolean =>
  drafts.some(
    (draft) => draft.line.box[3] <= box[1] && /\p{Script=Han}{2}/u.test(draftText(draft)) && !isContinued(draft),
  );
const isContinued = (draft: Draft): boolean => /^[（(]?续/.test(draftText(draft));

interface TablePart {
  readonly grid: RuledGrid;
  readonly drafts: readonly Draft[];
}

/** Lines at the same places of two headers; none where a row differs in its cells or in what stands there. */
function pairedCells(above: TablePart, below: TablePart): (readonly [Draft, Draft])[] {
  const pairs: (readonly [Draft, Draft])[] = [];
  for (let row = 0; row < mostHeaderRows; row++) {
    const [upper, lower] = [above.grid, below.grid].map(({ cells }) => cells.filter((cell) => cell.row === row));
    const own: (readonly [Draft, Draft])[] = [];
    if (upper!.length < 2 || upper!.length !== lower!.length) break;
    const alike = upper!.every((cell) => {
      const other = lower!.find(
        (one) => one.column === cell.column && one.columnSpan === cell.columnSpan && one.rowSpan === cell.rowSpan,
      );
      if (!other) return false;
      const [a, b] = [linesIn(cell.box, above.drafts), linesIn(other.box, below.drafts)];
      a.forEach((draft, i) => {
        if (b[i]) own.push([draft, b[i]]);
      });
      return a.length === b.length;
    });
    const whole = (side: 0 | 1): string => own.map((pair) => draftText(pair[side])).join('');
    if (!alike || share(whole(0), whole(1)) < leastShare) break;
    // A row of blanks and numbers looks like the next one: only labels are printed again.
    if (own.length * 2 <= upper!.length || own.some(([a]) => /^\d/.test(draftText(a)))) break;
    pairs.push(...own);
  }
  return pairs;
}

const linesIn = (box: Parameters<typeof draftsIn>[0], drafts: readonly Draft[]): Draft[] =>
  draftsIn(box, drafts).sort((a, b) => a.line.box[1] - b.line.box[1]);

const share = (a: string, b: string): number => align(a, b).common / Math.max(1, a.length, b.length);

/** Labels have units in brackets, no digits: （0） was （%）, however surely it was read. */
const isUnitFor = (unit: string, digit: string): boolean => /[%％‰]/.test(unit) && /\d/.test(digit);

/** Whether two lines of one length differ in a character that was read surely in both. */
function differSurely([a, b]: readonly [Draft, Draft]): boolean {
  if (a.characters.length !== b.characters.length) return false;
  return a.characters.some((one, i) => {
    const other = b.characters[i]!;
    if (one.text === other.text || isUnitFor(one.text, other.text) || isUnitFor(other.text, one.text)) return false;
    return Math.min(one.confidence, other.confidence) >= unsure;
  });
}

/** Gives each line the characters of the other that were read more surely. */
function settle([a, b]: readonly [Draft, Draft]): Correction[] {
  if (a.characters.length !== b.characters.length) return [];
  const sides = [a, b].map((draft) => ({ draft, was: draftText(draft) }));
  for (const [i, other] of b.characters.entries()) {
    const one = a.characters[i]!;
    if (one.text === other.text) continue;
    const lead = Number(isUnitFor(one.text, other.text)) - Number(isUnitFor(other.text, one.text));
    const by = lead || one.confidence - other.confidence;
    if (by > 0) replaceCharacters(b, i, one.text, 0.85);
    else if (by < 0) replaceCharacters(a, i, other.text, 0.85);
  }
  return sides.flatMap(({ draft, was }): Correction[] => {
    const became = draftText(draft);
    if (was === became) return [];
    return [{ page: draft.page, kind: 'corrected', was, became, because: '上一页或下一页的同一表头' }];
  });
}
