import type { LaidOutPage } from '../../corpus/generator/laidOut.ts';
import type { Layout, LayoutLine, LayoutPage } from '../../models/index.ts';

/** All lines of a page: of blocks, of cells, and furniture. */
export function allLines(page: LayoutPage): LayoutLine[] {
  const blocks = page.blocks.flatMap((block) => {
    if (block.type === 'line') return [block];
    return block.type === 'table' ? block.cells.flatMap((cell) => cell.lines) : [];
  });
  return [...blocks, ...page.furniture];
}

/**
 * The share of printed characters (spaces apart) that a layout has at the place where they were put: the same
 * character, its box covering nearly all of the printed one and not much more.
 */
export function coverage(layout: Layout, truth: readonly LaidOutPage[]): { share: number; missed: string[] } {
  let printed = 0;
  let covered = 0;
  const missed: string[] = [];
  for (const page of truth) {
    const places = new Map<string, [number, number, number, number][]>();
    for (const line of allLines(layout.pages[page.page - 1]!)) {
      [...line.text].reduce((index, character) => {
        const place = places.get(character) ?? [];
        if (line.edges && line.box) {
          place.push([line.edges[index]!, line.box[1], line.edges[index + character.length]!, line.box[3]]);
        }
        places.set(character, place);
        return index + character.length;
      }, 0);
    }
    for (const line of page.lines) {
      [...line.text].reduce((index, character) => {
        if (character.trim() !== '') {
          printed++;
          const box = [
            line.edges[index]!,
            line.box[1],
            line.edges[index + character.length]! - line.spacing,
            line.box[3],
          ] as const;
          if (places.get(character)?.some((place) => covers(place, box))) covered++;
          else missed.push(`${page.page}: ${character} of ${line.text}`);
        }
        return index + character.length;
      }, 0);
    }
  }
  return { share: printed === 0 ? 1 : covered / printed, missed };
}

function covers(place: readonly number[], box: readonly [number, number, number, number]): boolean {
  const tolerance = 0.3;
  const [x0, y0, x1, y1] = place as [number, number, number, number];
  const height = box[3] - box[1];
  return (
    x0 <= box[0] + tolerance &&
    y0 <= box[1] + tolerance &&
    x1 >= box[2] - tolerance &&
    y1 >= box[3] - tolerance &&
    // Characters that are set wide share the gap between them.
    x1 - x0 < box[2] - box[0] + 1.2 * height &&
    y1 - y0 < height * 1.5
  );
}
