import type { PagePart } from '../compose.ts';
import type { PlacedCharacter } from '../readPage.ts';
import { type Correction, type Draft, draftsIn, draftText } from './draft.ts';

/** A unit in brackets at the end of a label, which is how statistics print it. */
const withUnit = /（([\p{Script=Han}%]{1,4})）$/u;

/**
 * Closes, or opens, the brackets around the unit at the end of a label in a table (立案数量（件, 拘留人数人）): poor scans swallow
 * one of them in narrow cells. The pair that is broken is one witness; the other are cells of the document that print the
 * same unit between two brackets, or, where only the closing one is missing, that nothing else can follow.
 */
export function correctCellBrackets(
  part: PagePart,
  drafts: readonly Draft[],
  units: ReadonlySet<string>,
): Correction[] {
  return cellsOf(part, drafts).flatMap((lines): Correction[] => {
    const last = lines.at(-1)!;
    const was = draftText(last);
    const whole = lines.map(draftText).join('');
    const missing = count(whole, '（') - count(whole, '）');
    if (missing === 1 && /（\p{Script=Han}{1,4}$/u.test(whole)) {
      const before = last.characters.at(-1)!;
      last.characters.push(bracket('）', before.x1, before.x1 + last.line.size / 2));
    } else if (missing === -1 && !whole.includes('（')) {
      const unit = [...units].sort((a, b) => b.length - a.length).find((one) => was.endsWith(`${one}）`));
      if (unit === undefined || was.length < unit.length + 2) return [];
      const at = last.characters.length - unit.length - 1;
      const x = last.characters[at]!.x0;
      last.characters.splice(at, 0, bracket('（', x - last.line.size / 4, x));
    } else return [];
    return [{ page: last.page, kind: 'corrected', was, became: draftText(last), because: '表格栏目单位的括号成对' }];
  });
}

/** Units that cells of the document print between brackets. */
export function bracketedUnits(drafts: readonly Draft[]): ReadonlySet<string> {
  return new Set(drafts.flatMap((draft) => withUnit.exec(draftText(draft))?.[1] ?? []));
}

const count = (text: string, mark: string): number => text.split(mark).length - 1;

const bracket = (text: string, x0: number, x1: number): PlacedCharacter => ({
  text,
  x0,
  x1,
  confidence: 0.85,
  second: null,
  other: '',
  corrected: true,
});

/** The lines of each cell that holds some, from top to bottom. */
function cellsOf(part: PagePart, drafts: readonly Draft[]): Draft[][] {
  const lines = drafts.filter(({ line, characters }) => characters.length > 0 && !line.stacked);
  return part.grids
    .flatMap((grid) => grid.cells.map((cell) => draftsIn(cell.box, lines)))
    .filter((held) => held.length > 0)
    .map((held) => held.sort((a, b) => a.line.box[1] - b.line.box[1]));
}
