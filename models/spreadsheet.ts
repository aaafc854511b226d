/** Addresses and texts of spreadsheets: what forms, returns and reports share. */

/** 0 → A, 25 → Z, 26 → AA. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** A1 notation of a 0-based row and column. */
export function cellAddress(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

/** A1:C4 notation; a range of one cell is that cell. */
export function rangeAddress(top: number, left: number, bottom: number, right: number): string {
  const start = cellAddress(top, left);
  return top === bottom && left === right ? start : `${start}:${cellAddress(bottom, right)}`;
}

/**
 * True for a text that a spreadsheet would run as a formula when it opens a CSV file or when somebody edits the cell:
 * =, +, -, @, tab or carriage return at its start, and the full-width signs that Chinese versions accept as well.
 * A sign that stands alone (the - of an empty cell) is none.
 */
export function startsLikeFormula(text: string): boolean {
  return text.length > 1 && /^[=+\-@\t\r\n＝＋－＠]/.test(text);
}

/** A text that no spreadsheet takes for a formula: an apostrophe goes before one that looks like it. */
export function guardText(text: string): string {
  return startsLikeFormula(text) ? `'${text}` : text;
}

/** The text as it was before `guardText`. */
export function unguardText(text: string): string {
  return text.startsWith("'") && startsLikeFormula(text.slice(1)) ? text.slice(1) : text;
}

/** One line of CSV (RFC 4180), without its line break. Numbers stay numbers; texts are guarded. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return values
    .map((value) => {
      if (value === null) return '';
      if (typeof value === 'number') return String(value);
      const text = guardText(value);
      return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
}

/** CSV that Excel and WPS read as UTF-8: with a byte order mark and CRLF. */
export function csvText(lines: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${lines.map((line) => `${csvLine(line)}\r\n`).join('')}`;
}

/** A label folded for comparing: width, white space, letter case and the like do not count. */
export function foldLabel(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]+/g, '')
    .replace(/[“”„‟"]/g, '"')
    .replace(/[‘’']/g, "'")
    .replace(/[—–‐‑−]/g, '-')
    .toLowerCase();
}

/**
 * Text of a CSV file: UTF-16 and UTF-8 by their byte order marks, UTF-8 where it is valid, GB 18030 otherwise (what Excel
 * and WPS write in Chinese by default).
 */
export function decodeCsv(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/**
 * Rows of a CSV text (RFC 4180). The separator is the one of comma, tab and semicolon that the first lines use most; a
 * quote in the middle of an unquoted value stands for itself. The last line break opens no further row.
 */
export function parseCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const head = source.slice(0, 4000).replace(/"(?:[^"]|"")*"/g, '');
  const separator = [',', '\t', ';'].reduce((best, mark) =>
    head.split(mark).length > head.split(best).length ? mark : best,
  );
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let quoted = false;
  for (let i = 0; i < source.length; i++) {
    const character = source[i]!;
    if (quoted) {
      if (character !== '"') value += character;
      else if (source[i + 1] === '"') {
        value += '"';
        i++;
      } else quoted = false;
    } else if (character === '"' && value === '') {
      quoted = true;
    } else if (character === separator) {
      row.push(value);
      value = '';
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && source[i + 1] === '\n') i++;
      rows.push([...row, value]);
      row = [];
      value = '';
    } else {
      value += character;
    }
  }
  if (value !== '' || row.length > 0) rows.push([...row, value]);
  return rows;
}

/** Width in half-width characters: a Han character takes two. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u2018-\u201d\u2026\u2014]/.test(
        character,
      )
        ? 2
        : 1;
  return width;
}
