import type { PagePart } from '../compose.ts';
import { type Correction, type Draft, draftsIn, draftText, replaceCharacters } from './draft.ts';

/** What a slanting stroke that stands alone is taken for where it is faint. */
const strokeLike = /^[NVYXlI1|丶丿、ノ]$/;
const unsure = 0.95;

/**
 * A single letter alone in a cell of a table in which other cells hold slanting strokes (nothing is to be entered here) is
 * such a stroke, where it was read unsurely: its shape and its fellows are the witnesses.
 */
export function correctCellMarks(part: PagePart, drafts: readonly Draft[]): Correction[] {
  const corrections: Correction[] = [];
  for (const grid of part.grids) {
    const alone = grid.cells.flatMap((cell) => {
      const held = draftsIn(cell.box, drafts);
      return held.length === 1 && held[0]!.characters.length === 1 ? held : [];
    });
    const strokes = alone.map(draftText).filter((text) => text === '/' || text === '\\');
    const [mark] = strokes;
    if (mark === undefined || strokes.some((text) => text !== mark)) continue;
    for (const draft of alone) {
      const was = draftText(draft);
      if (!strokeLike.test(was) || draft.characters[0]!.confidence > unsure) continue;
      replaceCharacters(draft, 0, mark, 0.85);
      corrections.push({ page: draft.page, kind: 'corrected', was, became: mark, because: '同一表格其他单元格的斜线' });
    }
  }
  return corrections;
}
