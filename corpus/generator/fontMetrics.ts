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

/** Width of a string in thousandths of an em, kerned as pdfkit draws it. */
function widthOf(text: string, bold: boolean): number {
  const key = `${bold ? 'b' : 'r'}${text}`;
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
  const width = measure.widthOfString(text);
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

/** Advance of each UTF-16 unit in ems, kerning with the next included (halves of a surrogate pair share theirs). */
export function advances(text: string, bold: boolean): number[] {
  const result: number[] = [];
  for (const piece of drawingPieces(text)) {
    if (piece.fullWidth) {
      for (const character of piece.text) push(result, character, widthOf(character, bold));
      continue;
    }
    // Kerning shortens the advance of the character before: where one begins follows from the width up to its end.
    const characters = [...piece.text];
    const starts: number[] = [];
    let prefix = '';
    for (const character of characters) {
      prefix += character;
      starts.push(widthOf(prefix, bold) - widthOf(character, bold));
    }
    starts.push(widthOf(piece.text, bold));
    characters.forEach((character, i) => {
      push(result, character, starts[i + 1]! - starts[i]!);
    });
  }
  return result;
}

function push(result: number[], character: string, thousandths: number): void {
  for (let i = 0; i < character.length; i++) result.push(thousandths / 1000 / character.length);
}
