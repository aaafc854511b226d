import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { HongtouError } from '../../models/index.ts';
import { cellKey, type GridCell, type SheetGrid } from './sheetGrid.ts';
import { openParts } from './xlsxParts.ts';

/** Cells of one workbook; a form with all its lines has some hundreds. */
const cellLimit = 500_000;
/** Cells that merged ranges may cover in one sheet. */
const mergeLimit = 100_000;

/**
 * Sheets of a workbook (.xlsx, ECMA-376): values, merges and number formats, nothing else. Written for returns, which come
 * from many programs and may be hostile: parts are found by their relations, namespaces and prefixes do not matter,
 * nothing outside the needed parts is unpacked, and every limit of `readLimits` holds.
 *
 * Throws FILE_DAMAGED, FILE_ENCRYPTED, NOT_A_RETURN, LIMIT_EXCEEDED.
 */
export async function readXlsx(bytes: Uint8Array, fileName: string): Promise<readonly SheetGrid[]> {
  const parts = await openParts(bytes, fileName);
  try {
    const workbookPath = relations(await parts.text('_rels/.rels'), '').find((r) => r.type.endsWith('/officeDocument'));
    const path = workbookPath?.target ?? 'xl/workbook.xml';
    const workbook = await parts.text(path);
    if (workbook === null) {
      throw new HongtouError('NOT_A_RETURN', { fileName, detail: 'an archive without a workbook' });
    }
    const folder = path.replace(/[^/]*$/, '');
    const related = relations(await parts.text(`${folder}_rels/${path.slice(folder.length)}.rels`), folder);
    const target = (type: string) => related.find((r) => r.type.endsWith(`/${type}`))?.target;
    const strings = sharedStrings(await parts.text(target('sharedStrings') ?? `${folder}sharedStrings.xml`));
    const formats = numberFormats(await parts.text(target('styles') ?? `${folder}styles.xml`));
    const { sheets, date1904 } = sheetList(workbook);
    const grids: SheetGrid[] = [];
    let room = cellLimit;
    for (const sheet of sheets) {
      const xml = await parts.text(related.find((r) => r.id === sheet.relation)?.target ?? '');
      if (xml === null) continue;
      const grid = sheetGrid(xml, sheet, { strings, formats, date1904, fileName, room });
      room -= grid.cells.size;
      grids.push(grid);
    }
    return grids;
  } catch (error) {
    if (error instanceof HongtouError) throw error;
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    throw new HongtouError('FILE_DAMAGED', { fileName, reason }, { cause: error });
  } finally {
    parts.close();
  }
}

/** Name without prefix: x:row is row. */
const local = (name: string) => name.slice(name.indexOf(':') + 1);
/** An attribute by its name without prefix. */
function attribute(tag: SaxesTagPlain, name: string): string | undefined {
  const own = tag.attributes[name];
  if (own !== undefined) return own;
  const prefixed = Object.keys(tag.attributes).find((key) => key.endsWith(`:${name}`));
  return prefixed === undefined ? undefined : tag.attributes[prefixed];
}

/** Runs over an XML text. Entities of a DTD are never expanded: saxes knows the five of XML alone. */
function parse(
  xml: string,
  handlers: { open?(name: string, tag: SaxesTagPlain): void; text?(text: string): void; close?(name: string): void },
): void {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  if (handlers.open) parser.on('opentag', (tag) => handlers.open!(local(tag.name), tag));
  if (handlers.text) {
    parser.on('text', (text) => handlers.text!(text));
    parser.on('cdata', (text) => handlers.text!(text));
  }
  if (handlers.close) parser.on('closetag', (tag) => handlers.close!(local(tag.name)));
  parser.write(xml.replace(/^\uFEFF/, '')).close();
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

function relations(xml: string | null, folder: string): readonly Relation[] {
  const found: Relation[] = [];
  if (xml === null) return found;
  parse(xml, {
    open(name, tag) {
      if (name !== 'Relationship' || attribute(tag, 'TargetMode') === 'External') return;
      const target = attribute(tag, 'Target') ?? '';
      const path = target.startsWith('/') ? target.slice(1) : `${folder}${target}`;
      found.push({
        id: attribute(tag, 'Id') ?? '',
        type: attribute(tag, 'Type') ?? '',
        // ../ within the archive
        target: decodeURI(new URL(path, 'zip:///').pathname).slice(1),
      });
    },
  });
  return found;
}

function sheetList(xml: string): {
  readonly sheets: readonly { readonly name: string; readonly relation: string; readonly hidden: boolean }[];
  readonly date1904: boolean;
} {
  const sheets: { name: string; relation: string; hidden: boolean }[] = [];
  let date1904 = false;
  parse(xml, {
    open(name, tag) {
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attribute(tag, 'date1904') ?? '');
      if (name === 'sheet') {
        sheets.push({
          name: attribute(tag, 'name') ?? '',
          relation: attribute(tag, 'id') ?? '',
          hidden: (attribute(tag, 'state') ?? 'visible') !== 'visible',
        });
      }
    },
  });
  return { sheets, date1904 };
}

function sharedStrings(xml: string | null): readonly string[] {
  const strings: string[] = [];
  if (xml === null) return strings;
  let current = '';
  let inText = false;
  // Readings printed above characters (rPh) are not part of the text.
  let phonetic = 0;
  parse(xml, {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 'rPh') phonetic++;
      else if (name === 't') inText = phonetic === 0;
    },
    text(text) {
      if (inText) current += text;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic--;
      else if (name === 'si') strings.push(unescaped(current));
    },
  });
  return strings;
}

/** _x000D_ stands for a character that XML cannot hold. ECMA-376-1, 22.9.2.19. */
function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

interface NumberFormat {
  readonly date: boolean;
  readonly percent: boolean;
}

/** Number formats by cell style index. 14–22, 45–47 are dates everywhere, 27–36 and 50–58 in Chinese. ECMA-376-1, 18.8.30. */
function numberFormats(xml: string | null): readonly NumberFormat[] {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  if (xml === null) return formats;
  let inCells = false;
  parse(xml, {
    open(name, tag) {
      if (name === 'numFmt') codes.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attribute(tag, 'numFmtId') ?? 0);
        const code = codes.get(id)?.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
        formats.push({
          date:
            code === undefined
              ? (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
              : /[ymdhs年月日]/i.test(code.replace(/general/gi, '')),
          percent: code === undefined ? id === 9 || id === 10 : code.includes('%'),
        });
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats;
}

interface SheetContext {
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly date1904: boolean;
  readonly fileName: string;
  readonly room: number;
}

function sheetGrid(
  xml: string,
  sheet: { readonly name: string; readonly hidden: boolean },
  context: SheetContext,
): SheetGrid {
  const cells = new Map<number, GridCell>();
  const covered = new Map<number, number>();
  let row = -1;
  let column = -1;
  let type = 'n';
  let style = 0;
  let formula = false;
  let text = '';
  let reading = false;
  let phonetic = false;
  let rowCount = 0;
  let columnCount = 0;
  parse(xml, {
    open(name, tag) {
      switch (name) {
        case 'row': {
          const number = Number(attribute(tag, 'r'));
          row = number > 0 ? number - 1 : row + 1;
          column = -1;
          break;
        }
        case 'c': {
          const place = placeOf(attribute(tag, 'r'));
          if (place !== null) ({ row, column } = place);
          else column++;
          type = attribute(tag, 't') ?? 'n';
          style = Number(attribute(tag, 's') ?? 0);
          formula = false;
          text = '';
          break;
        }
        case 'f':
          formula = true;
          break;
        case 'v':
        case 't':
          reading = !phonetic;
          break;
        case 'rPh':
          phonetic = true;
          break;
        case 'mergeCell':
          addMerge(attribute(tag, 'ref') ?? '', covered, context.fileName);
          break;
      }
    },
    text(part) {
      if (reading) text += part;
    },
    close(name) {
      if (name === 'v' || name === 't') reading = false;
      if (name === 'rPh') phonetic = false;
      if (name !== 'c' || row < 0 || column < 0) return;
      const cell = cellOf(type, text, context.formats[style], formula, context);
      if (cell === null) return;
      if (cells.size >= context.room) {
        throw new HongtouError('LIMIT_EXCEEDED', { fileName: context.fileName, what: `more than ${cellLimit} cells` });
      }
      cells.set(cellKey(row, column), cell);
      rowCount = Math.max(rowCount, row + 1);
      columnCount = Math.max(columnCount, column + 1);
    },
  });
  return { name: sheet.name, hidden: sheet.hidden, rowCount, columnCount, cells, covered };
}

function placeOf(address: string | undefined): { row: number; column: number } | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(address ?? '');
  if (!found) return null;
  let column = 0;
  for (const letter of found[1]!) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(found[2]) - 1, column: column - 1 };
}

function addMerge(range: string, covered: Map<number, number>, fileName: string): void {
  const [from, to] = range.split(':');
  const start = placeOf(from);
  const end = placeOf(to);
  if (start === null || end === null) return;
  const area = (end.row - start.row + 1) * (end.column - start.column + 1);
  if (area + covered.size > mergeLimit) {
    throw new HongtouError('LIMIT_EXCEEDED', { fileName, what: `merged cells over more than ${mergeLimit} cells` });
  }
  const first = cellKey(start.row, start.column);
  for (let row = start.row; row <= end.row; row++) {
    for (let column = start.column; column <= end.column; column++) {
      const key = cellKey(row, column);
      if (key !== first) covered.set(key, first);
    }
  }
}

function cellOf(
  type: string,
  text: string,
  format: NumberFormat | undefined,
  formula: boolean,
  context: SheetContext,
): GridCell | null {
  const base = { percent: false, formula };
  switch (type) {
    case 's': {
      const value = context.strings[Number(text)] ?? '';
      return value === '' ? null : { ...base, type: 'text', value };
    }
    case 'str':
    case 'inlineStr': {
      const value = unescaped(text);
      return value === '' ? null : { ...base, type: 'text', value };
    }
    case 'b':
      return text === '' ? null : { ...base, type: 'boolean', value: text === '1' || text === 'true' };
    case 'e':
      return { ...base, type: 'error', value: text };
    case 'd':
      return text === '' ? null : { ...base, type: 'date', value: text.slice(0, 10) };
    default: {
      if (text.trim() === '') return null;
      const value = Number(text);
      if (Number.isNaN(value)) return { ...base, type: 'text', value: text };
      if (format?.date) {
        const date = dateOfSerial(value, context.date1904);
        if (date !== null) return { ...base, type: 'date', value: date };
      }
      return { ...base, type: 'number', value, percent: format?.percent ?? false };
    }
  }
}

/** Day numbers count from 1899-12-30 (which takes care of the 29 February 1900 that never was), or from 1904-01-01. */
function dateOfSerial(serial: number, date1904: boolean): string | null {
  const days = Math.floor(serial) + (date1904 ? 1462 : 0);
  if (days < 61 || days > 2_958_465) return null;
  return new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10);
}
