import type { Color } from './raster.ts';

/** Paper this bright and this even needs no correction. */
const evenEnough = { least: 244, spread: 8 } as const;

/**
 * Makes the paper white everywhere: shadows, folds, yellowed paper, the fall of light on a photo. The paper's colour is
 * measured on a coarse grid (the bright part of each square; squares full of ink take their neighbours'), and every
 * pixel is divided by the colour of the paper at its place.
 */
export function evenLight(color: Color): Color {
  const { width, height } = color;
  const cell = Math.max(16, Math.round(Math.max(width, height) / 48));
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const paper = measurePaper(color, cell, columns, rows);
  const values = [...paper];
  if (Math.min(...values) >= evenEnough.least && Math.max(...values) - Math.min(...values) <= evenEnough.spread)
    return color;
  return divide(color, smooth(fillDark(paper, columns, rows), columns, rows), cell, columns, rows);
}

/** Per square the mean colour of its brightest fifth, three values a square. */
function measurePaper(color: Color, cell: number, columns: number, rows: number): Float32Array {
  const paper = new Float32Array(columns * rows * 3);
  const histogram = new Uint32Array(256);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      histogram.fill(0);
      const x1 = Math.min(color.width, (column + 1) * cell);
      const y1 = Math.min(color.height, (row + 1) * cell);
      let count = 0;
      // Every second pixel each way is enough for a mean.
      for (let y = row * cell; y < y1; y += 2) {
        for (let x = column * cell; x < x1; x += 2) {
          histogram[color.data[(y * color.width + x) * 3 + 1]!]!++;
          count++;
        }
      }
      let bright = 255;
      for (let seen = 0; bright > 0; bright--) {
        seen += histogram[bright]!;
        if (seen >= count * 0.2) break;
      }
      let n = 0;
      let [r, g, b] = [0, 0, 0];
      for (let y = row * cell; y < y1; y += 2) {
        for (let x = column * cell; x < x1; x += 2) {
          const at = (y * color.width + x) * 3;
          if (color.data[at + 1]! < bright) continue;
          r += color.data[at]!;
          g += color.data[at + 1]!;
          b += color.data[at + 2]!;
          n++;
        }
      }
      const to = (row * columns + column) * 3;
      paper[to] = r / Math.max(1, n);
      paper[to + 1] = g / Math.max(1, n);
      paper[to + 2] = b / Math.max(1, n);
    }
  }
  return paper;
}

/** Squares much darker than the brightest around them (large letters, seals, pictures) take the paper around them. */
function fillDark(paper: Float32Array, columns: number, rows: number): Float32Array {
  const filled = paper.slice();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = (row * columns + column) * 3;
      let best = at;
      for (let dy = -3; dy <= 3; dy++) {
        for (let dx = -3; dx <= 3; dx++) {
          const [y, x] = [row + dy, column + dx];
          if (y < 0 || x < 0 || y >= rows || x >= columns) continue;
          const other = (y * columns + x) * 3;
          if (paper[other + 1]! > paper[best + 1]!) best = other;
        }
      }
      // A shadow falls off gradually: what is less than two thirds as bright as its neighbourhood is ink.
      if (paper[at + 1]! < paper[best + 1]! * 0.66) for (let k = 0; k < 3; k++) filled[at + k] = paper[best + k]!;
    }
  }
  return filled;
}

function smooth(paper: Float32Array, columns: number, rows: number): Float32Array {
  const result = new Float32Array(paper.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        let weight = 0;
        for (let dy = -1; dy <= 1; dy++) {
          for (let dx = -1; dx <= 1; dx++) {
            const [y, x] = [row + dy, column + dx];
            if (y < 0 || x < 0 || y >= rows || x >= columns) continue;
            const w = dx === 0 && dy === 0 ? 4 : dx === 0 || dy === 0 ? 2 : 1;
            sum += paper[(y * columns + x) * 3 + k]! * w;
            weight += w;
          }
        }
        result[(row * columns + column) * 3 + k] = sum / weight;
      }
    }
  }
  return result;
}

function divide(color: Color, paper: Float32Array, cell: number, columns: number, rows: number): Color {
  const { width, height } = color;
  const data = new Uint8Array(color.data.length);
  const gains = new Float32Array(width * 3);
  for (let y = 0; y < height; y++) {
    const gy = Math.min(rows - 1, Math.max(0, (y + 0.5) / cell - 0.5));
    const row = Math.min(rows - 2, Math.floor(gy));
    const fy = rows > 1 ? gy - row : 0;
    const upper = Math.max(0, row) * columns;
    const lower = Math.min(rows - 1, Math.max(0, row) + 1) * columns;
    for (let x = 0; x < width; x++) {
      const gx = Math.min(columns - 1, Math.max(0, (x + 0.5) / cell - 0.5));
      const column = Math.max(0, Math.min(columns - 2, Math.floor(gx)));
      const right = Math.min(columns - 1, column + 1);
      const fx = gx - column;
      for (let k = 0; k < 3; k++) {
        const top = paper[(upper + column) * 3 + k]! * (1 - fx) + paper[(upper + right) * 3 + k]! * fx;
        const bottom = paper[(lower + column) * 3 + k]! * (1 - fx) + paper[(lower + right) * 3 + k]! * fx;
        gains[x * 3 + k] = 252 / Math.max(24, top * (1 - fy) + bottom * fy);
      }
    }
    const from = y * width * 3;
    for (let i = 0; i < width * 3; i++) {
      const value = color.data[from + i]! * gains[i]!;
      data[from + i] = Math.min(value, 255);
    }
  }
  return { width, height, data };
}
