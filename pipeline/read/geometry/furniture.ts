import type { LayoutBlock, LayoutLine, LineRole } from '../../../models/index.ts';
import { least, most } from './content.ts';

interface PageBlocks {
  readonly height: number;
  readonly blocks: readonly LayoutBlock[];
}

/** — 1 —, -1-, 1, 第1页, 第 1 页 共 5 页, 1 / 5, Page 1 of 5 (GB/T 9704-2012, 7.5: a number between two dashes). */
const dashed = /^[—–―─\-－一·•~～]{1,2}\s*\d{1,4}\s*[—–―─\-－一·•~～]{1,2}$/;
const counted =
  /^(第\s*\d{1,4}\s*页([,，/／\s]*共\s*\d{1,4}\s*页)?|page\s*\d{1,4}(\s*of\s*\d{1,4})?|\d{1,4}\s*[/／]\s*\d{1,4})$/i;
const bare = /^\d{1,4}$/;

/** What browsers print at the edge of a page: its address, the time of printing. */
const printedByBrowser = /^(https?|file|ﬁle):\/\/|^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+(上午|下午)?\d{1,2}:\d{2}/;

/** The part of the page, from its edge, where nothing but furniture is printed; no notice has so small a margin. */
const edge = 0.055;

/**
 * Takes page numbers and running heads and feet out of the blocks of each page. A page number is a line at the top or
 * foot with the form of one; a bare number only where it counts on from page to page (or is the number of the page).
 * A running head or foot is the same text at the same height of several pages, in the margin.
 */
export function separateFurniture(pages: readonly PageBlocks[]): { blocks: LayoutBlock[]; furniture: LayoutLine[] }[] {
  const roles = pages.map((page, index) => pageNumberRoles(page, index, pages));
  markRunning(pages, roles);
  return pages.map((page, index) => {
    const role = roles[index]!;
    return {
      blocks: page.blocks.filter((block) => !role.has(block)),
      furniture: page.blocks.flatMap((block) =>
        block.type === 'line' && role.has(block) ? [{ ...block, role: role.get(block)! }] : [],
      ),
    };
  });
}

function pageNumberRoles(page: PageBlocks, index: number, pages: readonly PageBlocks[]): Map<LayoutBlock, LineRole> {
  const roles = new Map<LayoutBlock, LineRole>();
  for (const line of marginLines(page, 0.12, 0.82)) {
    const text = line.text.trim();
    const sure = dashed.test(text) || counted.test(text);
    if (sure || (bare.test(text) && standsAlone(page, line) && countsOn(Number(text), index, line, pages))) {
      roles.set(line, 'page-number');
    }
  }
  return roles;
}

function marginLines(page: PageBlocks, above: number, below: number): LayoutLine[] {
  return page.blocks.flatMap((block) => {
    if (block.type !== 'line' || !block.box) return [];
    const middle = (block.box[1] + block.box[3]) / 2;
    return middle < page.height * above || middle > page.height * below ? [block] : [];
  });
}

/** Whether nothing stands beside the line, and nothing beyond it towards the edge of the page. */
function standsAlone(page: PageBlocks, line: LayoutLine): boolean {
  const box = line.box!;
  const low = (box[1] + box[3]) / 2 > page.height / 2;
  return page.blocks.every((other) => {
    if (other === line || !other.box || other.type === 'seal' || other.type === 'picture') return true;
    return low ? other.box[3] < box[1] + 2 : other.box[1] > box[3] - 2;
  });
}

function countsOn(value: number, index: number, line: LayoutLine, pages: readonly PageBlocks[]): boolean {
  if (value === index + 1) return true;
  return [-1, 1].some((step) => {
    const other = pages[index + step];
    return (
      other?.blocks.some(
        (block) =>
          block.type === 'line' &&
          block.text.trim() === String(value + step) &&
          Math.abs(block.box![1] - line.box![1]) < 12,
      ) ?? false
    );
  });
}

function markRunning(pages: readonly PageBlocks[], roles: readonly Map<LayoutBlock, LineRole>[]): void {
  const places = new Map<string, { pages: Set<number>; lines: { page: number; line: LayoutLine }[] }>();
  pages.forEach((page, index) => {
    for (const line of marginLines(page, 0.1, 0.9)) {
      if (roles[index]!.has(line)) continue;
      const low = line.box![1] > page.height / 2;
      const outermost = low ? line.box![3] > page.height * (1 - edge) : line.box![1] < page.height * edge;
      if (outermost && printedByBrowser.test(line.text)) roles[index]!.set(line, low ? 'running-foot' : 'running-head');
      // Counting text repeats only at the very edge: further in it may be 附件1, 附件2 on top of their pages.
      const text = line.text.replace(/\s/g, '');
      const key = `${low ? 'foot' : 'head'} ${outermost ? text.replace(/\d+/g, '#') : text}`;
      const place = places.get(key) ?? { pages: new Set(), lines: [] };
      place.pages.add(index);
      place.lines.push({ page: index, line });
      places.set(key, place);
    }
  });
  for (const [key, place] of places) {
    if (place.pages.size < Math.max(2, Math.min(3, Math.ceil(pages.length / 3)))) continue;
    const tops = place.lines.map(({ line }) => line.box![1]);
    if (most(tops) - least(tops) > 4) continue;
    const role = key.startsWith('foot') ? 'running-foot' : 'running-head';
    for (const { page, line } of place.lines) roles[page]!.set(line, role);
  }
}
