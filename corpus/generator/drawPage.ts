import { type Canvas, createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { fontFiles } from './fontMetrics.ts';
import type { LaidOutLine, LaidOutPage, LaidOutSeal } from './laidOut.ts';

export const sealRed = '#d8242c';
let registered = false;

/** Families under which the regular and the bold cut of the corpus font are known to canvases. */
export const family = { regular: 'Corpus Serif', bold: 'Corpus Serif Bold' } as const;

export function registerFonts(): void {
  if (registered) return;
  GlobalFonts.registerFromPath(fontFiles.regular, family.regular);
  GlobalFonts.registerFromPath(fontFiles.bold, family.bold);
  registered = true;
}

/** A laid out page as pixels, on white. Seals lie over the text, let it shine through, and hide the lighter of both. */
export function drawPage(page: LaidOutPage, dpi: number): Canvas {
  registerFonts();
  const scale = dpi / 72;
  const canvas = createCanvas(Math.round(page.width * scale), Math.round(page.height * scale));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.textBaseline = 'alphabetic';
  for (const rule of page.rules) {
    context.strokeStyle = rule.color === 'red' ? sealRed : '#111';
    context.lineWidth = rule.width;
    context.beginPath();
    context.moveTo(rule.x0, rule.y0);
    context.lineTo(rule.x1, rule.y1);
    context.stroke();
  }
  for (const line of page.lines) drawLine(context, line);
  // Ink of a seal multiplies with what is below it.
  context.globalCompositeOperation = 'multiply';
  for (const seal of page.seals) drawSeal(context, seal);
  context.globalCompositeOperation = 'source-over';
  return canvas;
}

function drawLine(context: SKRSContext2D, line: LaidOutLine): void {
  context.fillStyle = line.color === 'red' ? sealRed : '#111';
  for (const run of line.runs) {
    context.font = `${line.size}px "${run.bold ? family.bold : family.regular}"`;
    let at = run.start;
    for (const character of line.text.slice(run.start, run.end)) {
      context.fillText(character, line.edges[at]!, line.baseline);
      at += character.length;
    }
  }
}

/** A round seal: ring, star, name on the ring. */
export function drawSeal(context: SKRSContext2D, seal: LaidOutSeal, color = sealRed): void {
  context.save();
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = 2.4;
  context.beginPath();
  context.arc(seal.x, seal.y, seal.radius, 0, 2 * Math.PI);
  context.stroke();
  context.beginPath();
  for (let i = 0; i < 10; i++) {
    const r = seal.radius * (i % 2 === 0 ? 0.3 : 0.1146);
    const angle = (Math.PI / 5) * i - Math.PI / 2;
    context.lineTo(seal.x + r * Math.cos(angle), seal.y + r * Math.sin(angle));
  }
  context.closePath();
  context.fill();
  const characters = [...seal.text];
  const size = Math.min(seal.radius * 0.3, (seal.radius * 4) / Math.max(1, characters.length));
  const on = seal.radius * 0.9 - size * 0.88;
  const step = Math.min(32, 260 / Math.max(1, characters.length));
  context.font = `${size}px "${family.bold}"`;
  characters.forEach((character, index) => {
    context.save();
    context.translate(seal.x, seal.y);
    context.rotate(((index - (characters.length - 1) / 2) * step * Math.PI) / 180);
    context.fillText(character, -size / 2, -on);
    context.restore();
  });
  context.restore();
}
