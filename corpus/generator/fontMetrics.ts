import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const require = createRequire(import.meta.url);

/** Noto Serif SC (SIL Open Font License), from the npm package @expo-google-fonts/noto-serif-sc. */
export const fontFiles = {
  regular: require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'),
} as const;

const loaded = new Map<boolean, Buffer>();

/** The bytes of the font, read once. */
export function fontBytes(bold: boolean): Buffer {
  const bytes = loaded.get(bold) ?? readFileSync(bold ? fontFiles.bold : fontFiles.regular);
  loaded.set(bold, bytes);
  return bytes;
}

let measure: PDFKit.PDFDocument | undefined;
let measuring: boolean | undefined;
const widths = new Map<string, number>();

/**
 * OpenType features that are switched off, so that where a character stands follows from the widths of those before it.
 * (pdfkit hands this on to fontkit, which takes an object for what is to be off; its types know lists alone.)
 */
export const plainFeatures = Object.fromEntries(
  ['ccmp', 'locl', 'rlig', 'mark', 'mkmk', 'calt', 'clig', 'liga', 'rclt', 'curs', 'kern', 'frac', 'numr', 'dnom'].map(
    (feature) => [feature, false],
  ),
) as unknown as PDFKit.Mixins.OpenTypeFeatures[];

/** Width of a character in thousandths of an em. */
function widthOf(character: string, bold: boolean): number {
  const key = `${bold ? 'b' : 'r'}${character}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (!measure) {
    measure = new PDFDocument({ autoFirstPage: false });
    measure.registerFont('regular', fontBytes(false)).registerFont('bold', fontBytes(true));
  }
  if (measuring !== bold) {
    measure.font(bold ? 'bold' : 'regular').fontSize(1000);
    measuring = bold;
  }
  const width = measure.widthOfString(character, { features: plainFeatures });
  widths.set(key, width);
  return width;
}

/** Pieces of a text that are drawn as one: full-width characters, and runs of others (which may be kerned). */
export function drawingPieces(text: string): { start: number; text: string; fullWidth: boolean }[] {
  const pieces: { start: number; text: string; fullWidth: boolean }[] = [];
  let start = 0;
  for (const character of text) {
    const fullWidth = /[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u.test(character);
    const last = pieces.at(-1);
    if (last && last.fullWidth === fullWidth) last.text += character;
    else pieces.push({ start, text: character, fullWidth });
    start += character.length;
  }
  return pieces;
}

/** Advance of each UTF-16 unit in ems (halves of a surrogate pair share theirs). */
export function advances(text: string, bold: boolean): number[] {
  const result: number[] = [];
  for (const character of text) {
    const width = widthOf(character, bold) / 1000 / character.length;
    for (let i = 0; i < character.length; i++) result.push(width);
  }
  return result;
}
