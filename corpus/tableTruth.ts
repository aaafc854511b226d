import type { Extraction, Table } from '../models/index.ts';
import type { NoticeSpec, SpecBlock, SpecTable } from './generator/spec.ts';
import { similarity } from './matching.ts';

/** How many of a notice's attached tables came through with their structure, and what was wrong with the others. */
export interface TableScore {
  readonly exact: number;
  readonly total: number;
  readonly faults: readonly string[];
}

/**
 * Compares the tables of the attachments with those that the author made: rows, columns, spans, and the role of every
 * cell. Text alone cannot say where cells were merged, so its figure is what inference reaches.
 */
export function scoreTableStructure(spec: NoticeSpec, extraction: Extraction): TableScore {
  const wanted = tablesOf(spec);
  const read = extraction.notices.flatMap((notice) => notice.attachments.flatMap((attachment) => attachment.tables));
  const left = new Set(read);
  const faults: string[] = [];
  for (const table of wanted) {
    const nearest = [...left]
      .map((one) => ({ one, nearness: nearness(table, one) }))
      .sort((a, b) => b.nearness - a.nearness)[0];
    if (nearest === undefined) {
      faults.push(`${firstText(table)}: not found`);
      continue;
    }
    left.delete(nearest.one);
    const fault = faultOf(table, nearest.one);
    if (fault !== null) faults.push(`${firstText(table)}: ${fault}`);
  }
  return { exact: wanted.length - faults.length, total: wanted.length, faults };
}

function tablesOf(spec: NoticeSpec): SpecTable[] {
  const inBlocks = (blocks: readonly SpecBlock[]) => blocks.filter((block) => block.type === 'table');
  const own = spec.attachments.flatMap((part) => inBlocks(part.blocks));
  return spec.forwarded === null ? own : [...own, ...tablesOf(spec.forwarded)];
}

function nearness(wanted: SpecTable, read: Table): number {
  const text = (cells: readonly { readonly text: string }[]) => cells.map((cell) => bare(cell.text)).join('');
  return similarity(text(wanted.cells), text(read.cells));
}

const bare = (text: string): string => text.replace(/[\s\u3000]/g, '');
const firstText = (table: SpecTable): string =>
  table.cells
    .map((cell) => bare(cell.text))
    .filter(Boolean)
    .slice(0, 4)
    .join(' ');

function faultOf(wanted: SpecTable, read: Table): string | null {
  if (wanted.rowCount !== read.rowCount || wanted.columnCount !== read.columnCount)
    return `${read.rowCount} × ${read.columnCount} for ${wanted.rowCount} × ${wanted.columnCount}`;
  const found = new Map(read.cells.map((cell) => [`${cell.row},${cell.column}`, cell]));
  for (const cell of wanted.cells) {
    const place = `${cell.row},${cell.column}`;
    const got = found.get(place);
    if (got === undefined) return `no cell at ${place}`;
    if (got.rowSpan !== cell.rowSpan || got.columnSpan !== cell.columnSpan)
      return `${place} spans ${got.rowSpan} × ${got.columnSpan} for ${cell.rowSpan} × ${cell.columnSpan}`;
    const role = roleOf(wanted, cell);
    // A form of labels beside blanks has no header: each of its labels may be read as one of a row or of a column.
    const isForm = wanted.headerRows === 0 && role !== 'blank' && role !== 'not-applicable';
    if (isForm && /header$/.test(got.role)) continue;
    // A number in a label column is printed as a label or as data; both are right.
    if (got.role !== role && !/^[\d.]*$/.test(cell.text)) return `${place} (${cell.text}) is ${got.role}, not ${role}`;
    if (cell.text === '' && got.role === 'data') return `${place} is data, not blank`;
    if (bare(got.text) !== bare(cell.text).replace(/^[_＿]+$/, ''))
      return `${place} reads ${got.text} for ${cell.text}`;
  }
  return null;
}

function roleOf(table: SpecTable, cell: SpecTable['cells'][number]): string {
  if (cell.row < table.headerRows) return 'column-header';
  if (cell.column < table.stubColumns) return 'row-header';
  if (/^[\s_＿]*$/.test(cell.text)) return 'blank';
  return /^[\\/＼／—－×-]+$/.test(cell.text.trim()) ? 'not-applicable' : 'data';
}
