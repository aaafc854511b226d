import type { LayoutBlock, LayoutTable } from '../../../models/index.ts';

/** 续表, （续）, 表1（续）: what is printed above the rest of a table. */
const continuedLabel = /^(续\s*表.{0,4}|[（(]\s*续\s*[)）]|.{1,30}[（(]续[)）])$/;

/**
 * Marks the first table of a page as `continues` where it goes on with the last table of the page before: nothing but a
 * "续表" label or seals and rules between them, and the same outer sides with column edges that agree. `shift`: how far, in
 * points, pages may lie beside each other, as sheets do that went through a scanner one by one.
 */
export function markContinuations(pages: readonly (readonly LayoutBlock[])[], shift = 0): LayoutBlock[][] {
  return pages.map((blocks, index) => {
    const before = lastTable(pages[index - 1] ?? []);
    const first = firstTable(blocks);
    if (!before || !first || !goesOn(before, first, shift)) return [...blocks];
    return blocks.map((block) => (block === first ? { ...first, continues: true } : block));
  });
}

const isSilent = (block: LayoutBlock): boolean =>
  block.type === 'seal' || block.type === 'rule' || block.type === 'picture';

function lastTable(blocks: readonly LayoutBlock[]): LayoutTable | undefined {
  const last = blocks.findLast((block) => !isSilent(block));
  return last?.type === 'table' ? last : undefined;
}

function firstTable(blocks: readonly LayoutBlock[]): LayoutTable | undefined {
  const first = blocks.find(
    (block) => !isSilent(block) && !(block.type === 'line' && continuedLabel.test(block.text.trim())),
  );
  return first?.type === 'table' ? first : undefined;
}

function goesOn(before: LayoutTable, after: LayoutTable, shift: number): boolean {
  const [a, found] = [columnEdges(before), columnEdges(after)];
  if (a.length === 0 || found.length === 0) return false;
  const by = Math.max(-shift, Math.min(shift, found[0]! - a[0]!));
  const b = found.map((edge) => edge - by);
  const close = (x: number, y: number): boolean => Math.abs(x - y) <= 4;
  if (!close(a[0]!, b[0]!) || !close(a.at(-1)!, b.at(-1)!)) return false;
  // Where one part has merged cells only, it shows fewer edges; each of them must be an edge of the other.
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  return few.every((edge) => many.some((other) => close(edge, other)));
}

/** Left and right sides of the cells, ascending, each once. */
export function columnEdges(table: LayoutTable): number[] {
  const sides = table.cells.flatMap((cell) => (cell.box ? [cell.box[0], cell.box[2]] : [])).sort((a, b) => a - b);
  return sides.filter((side, i) => i === 0 || side - sides[i - 1]! > 3);
}
