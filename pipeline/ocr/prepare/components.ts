import type { Mask, PixelBox } from './raster.ts';

/** A connected piece of ink. */
export interface Component extends PixelBox {
  readonly area: number;
}

/** More runs of ink than this on a page are noise, not print. */
const mostRuns = 600_000;

/**
 * The connected pieces of ink (also over corners); null where there are so many that the page is noise. Pieces of fewer
 * than `leastArea` pixels are left out.
 */
export function findComponents(mask: Mask, leastArea: number): Component[] | null {
  const parent: number[] = [];
  const boxes: { x0: number; y0: number; x1: number; y1: number; area: number }[] = [];
  const find = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root]!;
    while (parent[i] !== root) {
      const next = parent[i]!;
      parent[i] = root;
      i = next;
    }
    return root;
  };
  let before: { from: number; to: number; id: number }[] = [];
  for (let y = 0; y < mask.height; y++) {
    const row = y * mask.width;
    const current: { from: number; to: number; id: number }[] = [];
    let k = 0;
    for (let x = 0; x < mask.width; x++) {
      if (!mask.data[row + x]) continue;
      const from = x;
      while (x < mask.width && mask.data[row + x]) x++;
      let id = -1;
      while (k < before.length && before[k]!.to < from) k++;
      for (let j = k; j < before.length && before[j]!.from <= x; j++) {
        const root = find(before[j]!.id);
        if (id < 0) id = root;
        else if (root !== id) {
          const [low, high] = root < id ? [root, id] : [id, root];
          parent[high] = low;
          merge(boxes[low]!, boxes[high]!);
          id = low;
        }
      }
      if (id < 0) {
        id = boxes.length;
        if (id > mostRuns) return null;
        parent.push(id);
        boxes.push({ x0: from, y0: y, x1: x, y1: y + 1, area: 0 });
      }
      const box = boxes[id]!;
      box.x0 = Math.min(box.x0, from);
      box.x1 = Math.max(box.x1, x);
      box.y1 = y + 1;
      box.area += x - from;
      current.push({ from, to: x, id });
    }
    before = current;
  }
  return boxes.filter((box, i) => parent[i] === i && box.area >= leastArea);
}

function merge(
  into: { x0: number; y0: number; x1: number; y1: number; area: number },
  from: { x0: number; y0: number; x1: number; y1: number; area: number },
): void {
  into.x0 = Math.min(into.x0, from.x0);
  into.y0 = Math.min(into.y0, from.y0);
  into.x1 = Math.max(into.x1, from.x1);
  into.y1 = Math.max(into.y1, from.y1);
  into.area += from.area;
}
