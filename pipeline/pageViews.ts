import type { Box, Layout, LayoutBlock, LayoutLine, PageView } from '../models/index.ts';

type Parts = { [Key in 'lines' | 'cells' | 'rules' | 'pictures' | 'seals']: PageView[Key][number][] };

/** What is on the pages of a layout; pages without a size have no view. */
export function pageViews(layout: Layout): readonly PageView[] {
  const views = new Map<number, PageView & Parts>();
  for (const { page, width, height, textOrigin } of layout.pages) {
    if (width === null || height === null) continue;
    const parts: Parts = { lines: [], cells: [], rules: [], pictures: [], seals: [] };
    views.set(page, { page, width: round(width), height: round(height), textOrigin, ...parts });
  }
  const addLine = (line: LayoutLine, on: number) => {
    if (line.box === null) return;
    const { text, fontSize, color, bold, confidence, alternative } = line;
    views.get(line.page ?? on)?.lines.push({
      text,
      box: rounded(line.box),
      size: fontSize === null ? null : round(fontSize),
      color,
      bold: bold === true,
      confidence,
      alternative,
    });
  };
  const addBlock = (block: LayoutBlock, on: number) => {
    if (block.type === 'line') addLine(block, on);
    else if (block.type === 'table') {
      for (const cell of block.cells) {
        if (cell.box !== null) views.get(cell.page ?? on)?.cells.push(rounded(cell.box));
        for (const line of cell.lines) addLine(line, cell.page ?? on);
      }
    } else if (block.box !== null) {
      const view = views.get(on);
      const box = rounded(block.box);
      if (block.type === 'rule') view?.rules.push({ box, color: block.color });
      else if (block.type === 'seal') view?.seals.push({ box, text: block.text });
      else view?.pictures.push(box);
    }
  };
  for (const { page, blocks, furniture } of layout.pages) {
    for (const block of blocks) addBlock(block, page);
    for (const line of furniture) addLine(line, page);
  }
  return [...views.values()];
}

function rounded([x0, y0, x1, y1]: Box): Box {
  return [round(x0), round(y0), round(x1), round(y1)];
}

/** Tenths of a point: a quarter of a hair. */
function round(points: number): number {
  return Math.round(points * 10) / 10;
}
