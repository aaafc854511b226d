import { createCanvas } from '@napi-rs/canvas';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { type FoundPage, findText } from '../../pipeline/ocr/findText.ts';
import { findHoles } from '../../pipeline/ocr/holes.ts';
import { decodePicture } from '../../pipeline/ocr/prepare/decode.ts';
import { skewAngle } from '../../pipeline/ocr/prepare/deskew.ts';
import { separateInks } from '../../pipeline/ocr/prepare/inks.ts';
import { evenLight } from '../../pipeline/ocr/prepare/light.ts';
import { findPaper } from '../../pipeline/ocr/prepare/perspective.ts';
import { applyMap, chain, rectangleToQuad, rotation } from '../../pipeline/ocr/prepare/projective.ts';
import { type Color, darkerThan, type Gray, turnColor } from '../../pipeline/ocr/prepare/raster.ts';
import { straighten } from '../../pipeline/ocr/prepare/straighten.ts';
import { splitSheet } from '../../pipeline/ocr/prepare/twoUp.ts';
import { gridsFromStrokes } from '../../pipeline/read/geometry/grids.ts';

type Draw = (context: ReturnType<ReturnType<typeof createCanvas>['getContext']>) => void;

function drawn(width: number, height: number, draw: Draw, ground = '#fff'): Color {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#111';
  draw(context);
  const { data } = context.getImageData(0, 0, width, height);
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) rgb.set(data.subarray(i * 4, i * 4 + 3), i * 3);
  return { width, height, data: rgb };
}

/** Rows of blocks as dark as print: what a page of text is to what measures it. */
const rows: Draw = (context) => {
  for (let y = 60; y < 640; y += 36) for (let x = 60; x < 540; x += 22) context.fillRect(x, y, 18, 18);
};

const turned = (degrees: number): Color =>
  drawn(600, 800, (context) => {
    context.translate(300, 400);
    context.rotate((degrees * Math.PI) / 180);
    context.translate(-300, -400);
    rows(context);
  });

const red = ({ data, width, height }: Color): Gray => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) => data[i * 3]!),
});

describe('skew', () => {
  test.each([-2.4, -0.8, 0, 0.3, 1.5, 6])('lines turned by %f degrees are measured to a tenth', (degrees) => {
    expect(Math.abs(skewAngle(darkerThan(red(turned(degrees)), 128)) - degrees)).toBeLessThan(0.1);
  });

  test('a page turned by 1.5 degrees is turned back, and the map leads to where it was', () => {
    const { color, skew, map, photo } = straighten(turned(1.5));
    expect(Math.abs(skew - 1.5)).toBeLessThan(0.1);
    expect(photo).toBe(false);
    expect(Math.abs(skewAngle(darkerThan(red(color), 128)))).toBeLessThan(0.1);
    const [x, y] = applyMap(map, 60, 60);
    const [wantX, wantY] = applyMap(rotation(1.5, 300, 400), 60, 60);
    expect(Math.hypot(x - wantX, y - wantY)).toBeLessThan(1);
  });

  test('a blank page is left as it is', () => {
    expect(straighten(drawn(600, 800, () => {})).skew).toBe(0);
  });
});

test('quarters of a turn bring every pixel to its place', () => {
  const color = drawn(3, 2, (context) => context.fillRect(0, 0, 1, 1));
  const darkAt = (c: Color): number[] => {
    const at = Array.from({ length: c.width * c.height }, (_, i) => i).find((i) => c.data[i * 3]! < 100)!;
    return [at % c.width, Math.floor(at / c.width)];
  };
  expect([0, 1, 2, 3].map((quarters) => darkAt(turnColor(color, quarters)))).toEqual([
    [0, 0],
    [1, 0],
    [2, 1],
    [0, 2],
  ]);
});

test('the orientation that a camera notes in EXIF is obeyed', async () => {
  const wide = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#fff' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const { width, height, color } = await decodePicture(new Uint8Array(wide), { limitPixels: 10_000 });
  expect([width, height, color.width, color.height]).toEqual([20, 40, 20, 40]);
});

test('a sheet seen askew on a dark table is found by its corners', () => {
  const corners = [
    [90, 60],
    [520, 80],
    [560, 740],
    [50, 720],
  ] as const;
  const photo = drawn(
    600,
    800,
    (context) => {
      context.fillStyle = '#f4f4f0';
      context.beginPath();
      for (const [x, y] of corners) context.lineTo(x, y);
      context.fill();
    },
    '#4a3c2c',
  );
  const quad = findPaper(photo)!;
  corners.forEach(([x, y], i) => {
    expect(Math.hypot(quad[i]![0] - x, quad[i]![1] - y)).toBeLessThan(5);
  });
  const map = rectangleToQuad(400, 600, quad);
  const [x, y] = applyMap(chain(map, [1, 0, 0, 0, 1, 0, 0, 0, 1]), 400, 600);
  expect(Math.hypot(x - 560, y - 740)).toBeLessThan(5);
  expect(findPaper(turned(0))).toBeNull();
});

test('uneven light and yellow paper become white, and ink stays dark', () => {
  const dim = turned(0);
  const data = dim.data.map((value, i) => {
    const x = Math.floor(i / 3) % 600;
    return value * (1 - (0.4 * x) / 600) * [1, 0.95, 0.8][i % 3]!;
  });
  const lit = evenLight({ ...dim, data });
  const at = (x: number, y: number): number[] => [...lit.data.subarray((y * 600 + x) * 3, (y * 600 + x) * 3 + 3)];
  for (const x of [20, 300, 580]) expect(Math.min(...at(x, 30))).toBeGreaterThan(235);
  expect(Math.max(...at(500, 70))).toBeLessThan(60);
});

describe('red ink', () => {
  const sealed = drawn(600, 400, (context) => {
    context.fillRect(250, 190, 100, 20);
    context.globalCompositeOperation = 'multiply';
    context.fillStyle = '#d8242c';
    context.fillRect(200, 150, 200, 100);
  });

  test('black under red stands alone in one picture, red alone in the other', () => {
    const inks = separateInks(sealed);
    const at = (gray: Gray, x: number, y: number): number => gray.data[y * 600 + x]!;
    expect(at(inks.black, 220, 160)).toBeGreaterThan(225);
    expect(at(inks.black, 300, 200)).toBeLessThan(60);
    expect(at(inks.red!, 220, 160)).toBeLessThan(80);
    expect(at(inks.red!, 50, 50)).toBe(255);
    expect(inks.redMask!.data[160 * 600 + 220]).toBe(1);
  });

  test('a page without red has no red picture', () => {
    expect(separateInks(turned(0)).red).toBeNull();
  });

  test('a ring is a seal, a frame with lines is a stamp', () => {
    const found = pageOf((context) => {
      context.strokeStyle = '#d8242c';
      context.lineWidth = 5;
      context.beginPath();
      context.arc(300, 300, 118, 0, 2 * Math.PI);
      context.stroke();
      context.strokeRect(600, 80, 230, 90);
      context.fillStyle = '#d8242c';
      context.fillRect(600, 120, 230, 3);
    });
    expect(found.seals).toHaveLength(1);
    expect(Math.abs((found.seals[0]!.x0 + found.seals[0]!.x1) / 2 - 300)).toBeLessThan(8);
    expect(found.stamps).toHaveLength(1);
    expect(found.stamps[0]!.x0).toBeGreaterThan(580);
  });
});

test('seals of several bodies that touch and overlap are seals each, not red text', () => {
  const rings = [
    [300, 400, 118],
    [320, 632, 118],
    [500, 520, 110],
  ] as const;
  const found = pageOf((context) => {
    context.strokeStyle = '#d8242c';
    context.lineWidth = 5;
    for (const [x, y, radius] of rings) {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.stroke();
    }
  });
  const middles = found.seals.map((s) => [(s.x0 + s.x1) / 2, (s.y0 + s.y1) / 2, (s.x1 - s.x0) / 2]);
  expect(middles).toHaveLength(3);
  for (const ring of rings) {
    expect(middles.some((middle) => middle.every((value, i) => Math.abs(value - ring[i]!) < 7))).toBe(true);
  }
  expect(found.lines).toEqual([]);
});

/** What is found on a page of A4 at 2 pixels a point. */
const pageOf = (draw: Draw): FoundPage => findText(separateInks(drawn(1190, 1684, draw)), 2);

describe('tables', () => {
  const ruled: Draw = (context) => {
    for (const y of [200, 260, 320, 380]) context.fillRect(160, y, 803, 2);
    for (const x of [160, 960]) context.fillRect(x, 200, 2, 182);
    // The second side begins below the first row: its two cells there are one.
    context.fillRect(400, 260, 2, 122);
    context.fillRect(680, 200, 2, 182);
  };

  test('empty cells and merged ones are cells of a closed grid', () => {
    const [grid, ...others] = pageOf(ruled).grids;
    expect(others).toEqual([]);
    expect(grid!.closed).toBe(true);
    expect(grid!.rowEdges).toHaveLength(4);
    expect(grid!.columnEdges).toHaveLength(4);
    expect(grid!.cells).toHaveLength(8);
    expect(grid!.cells[0]).toMatchObject({ row: 0, column: 0, rowSpan: 1, columnSpan: 2 });
  });

  test('a side that ends short of the stroke it should meet is closed', () => {
    const [grid] = pageOf((context) => {
      ruled(context);
      context.fillStyle = '#fff';
      context.fillRect(680, 376, 2, 4);
      context.fillRect(160, 200, 4, 2);
    }).grids;
    expect(grid!.cells).toHaveLength(8);
  });

  test('strokes are gone from what is read, and text in a cell knows its cell', () => {
    const found = pageOf((context) => {
      ruled(context);
      for (let x = 420; x < 560; x += 32) context.fillRect(x, 340, 26, 26);
    });
    expect(found.black.data[261 * 1190 + 300]).toBeGreaterThan(200);
    const cell = found.grids[0]!.cells.findIndex((c) => c.row === 2 && c.column === 1);
    expect(found.lines.map((line) => line.cell)).toEqual([{ table: 0, cell }]);
  });

  test('a side that runs on into a character above the table still parts its cells', () => {
    const found = pageOf((context) => {
      ruled(context);
      context.fillRect(679, 172, 3, 30);
    });
    const [grid] = gridsFromStrokes(found.strokes).grids;
    expect(grid!.columnEdges).toHaveLength(4);
    expect(found.black.data[180 * 1190 + 680]).toBeLessThan(60);
    expect(found.black.data[240 * 1190 + 680]).toBeGreaterThan(200);
  });

  test('the feet of characters side by side in a cell are no rule and stay', () => {
    const found = pageOf((context) => {
      ruled(context);
      for (let x = 700; x < 772; x += 24) {
        context.fillRect(x, 302, 23, 2);
        context.fillRect(x + 10, 280, 3, 22);
      }
    });
    expect(found.grids[0]!.cells).toHaveLength(8);
    expect(found.black.data[303 * 1190 + 730]).toBeLessThan(60);
  });

  test('strokes of characters and frames around a word make no table', () => {
    const found = pageOf((context) => {
      context.strokeRect(300, 300, 100, 30);
      for (let x = 420; x < 900; x += 34) {
        context.fillRect(x, 500, 28, 3);
        context.fillRect(x, 512, 28, 3);
        context.fillRect(x + 12, 496, 3, 30);
      }
    });
    expect(found.grids).toEqual([]);
    expect(found.strokes).toEqual([]);
  });

  test('characters one below the other in a narrow cell are one line that runs down', () => {
    const found = pageOf((context) => {
      ruled(context);
      context.fillRect(160, 700, 60, 2);
      context.fillRect(160, 900, 603, 2);
      context.fillRect(160, 700, 603, 2);
      for (const x of [160, 216, 760]) context.fillRect(x, 700, 2, 202);
      for (const y of [730, 780, 830]) context.fillRect(175, y, 28, 28);
    });
    const stacked = found.lines.filter((line) => line.stacked);
    expect(stacked).toHaveLength(1);
    expect(stacked[0]!.stacked).toHaveLength(3);
  });

  test('a slanting stroke alone in a cell is a mark', () => {
    const found = pageOf((context) => {
      ruled(context);
      context.lineWidth = 2;
      context.strokeStyle = '#111';
      context.beginPath();
      context.moveTo(530, 275);
      context.lineTo(545, 305);
      context.stroke();
      for (let x = 180; x < 300; x += 32) context.fillRect(x, 340, 26, 26);
    });
    expect(found.lines.map((line) => line.mark)).toContain('\\');
  });
});

test('a page of noise has no lines and says so', () => {
  let state = 7;
  const data = Uint8Array.from({ length: 1190 * 1684 * 3 }, (_, i) => {
    if (i % 3 === 0) state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (state >> 16) % 8 === 0 ? 0 : 255;
  });
  const found = findText(separateInks({ width: 1190, height: 1684, data }), 2);
  expect(found.noise).toBe(true);
  expect(found.lines).toEqual([]);
});

test('two pages on one sheet are parted in their gutter; a wide table is not', () => {
  const sheet = drawn(1200, 800, (context) => {
    rows(context);
    context.translate(600, 0);
    rows(context);
  });
  const halves = splitSheet(sheet);
  expect(halves.map(({ color }) => color.width + color.height)).toHaveLength(2);
  expect(Math.abs(halves[1]!.map[2] - 600)).toBeLessThan(40);
  const wide = drawn(1200, 800, (context) => context.fillRect(60, 100, 1080, 600));
  expect(splitSheet(wide)).toHaveLength(1);
});

test('ink between two characters that were read far apart is found', () => {
  const strip = {
    em: 20,
    image: red(
      drawn(200, 24, (context) => {
        for (let x = 2; x < 190; x += 20) context.fillRect(x, 3, 16, 16);
      }),
    ),
  };
  const readAt = (xs: readonly number[]) => ({
    characters: xs.map((x) => ({ text: '检', x, confidence: 0.99, second: null })),
  });
  const all = [10, 30, 50, 70, 90, 110, 130, 150, 170, 190];
  expect(findHoles(strip, readAt(all))).toEqual([]);
  const holes = findHoles(strip, readAt(all.filter((x) => x < 60 || x > 120)));
  expect(holes).toMatchObject([{ before: 3 }]);
  expect(holes[0]!.from).toBeLessThan(66);
  expect(holes[0]!.to).toBeGreaterThan(114);
});
