import type { LayoutTable } from '../../models/index.ts';
import { flatTable } from './gridTable.ts';
import { plainLine } from './inlineMarkup.ts';

/** Tables found from a line on, and how many source lines they took. */
export interface TextTables {
  readonly tables: readonly LayoutTable[];
  readonly length: number;
}

const separatorRow = /^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$/;
const isSeparator = (line: string): boolean => line.includes('|') && separatorRow.test(line);

/**
 * A Markdown table: rows between bars, with or without the row of dashes under the header. A second row of dashes
 * starts a second table with the row before it.
 */
export function pipeTables(lines: readonly string[], from: number): TextTables | null {
  const first = lines[from]!;
  const framed = /^\s*\|.*\|.*$/.test(first);
  const unframed = !framed && first.includes('|') && lines[from + 1] !== undefined && isSeparator(lines[from + 1]!);
  if (!framed && !unframed) return null;
  let to = from;
  while (to < lines.length && (framed ? /^\s*\|/.test(lines[to]!) : lines[to]!.includes('|'))) to++;
  const groups: string[][] = [[]];
  const withSeparator: boolean[] = [false];
  for (let i = from; i < to; i++) {
    if (isSeparator(lines[i]!)) {
      const current = groups.at(-1)!;
      if (current.length > 1 && withSeparator.at(-1)) {
        groups.push([current.pop()!]);
        withSeparator.push(true);
      } else withSeparator[withSeparator.length - 1] = true;
    } else groups.at(-1)!.push(lines[i]!);
  }
  const tables = groups.flatMap((group, index) => pipeTable(group, withSeparator[index]!));
  return tables.length === 0 ? null : { tables, length: to - from };
}

function pipeTable(source: readonly string[], hasHeader: boolean): LayoutTable[] {
  const widths = source.map((line) => splitPipes(line, true).length);
  const columnCount = widths.reduce((most, width) => Math.max(most, width), 0);
  const rows = source.map((line, i) => {
    const cells = splitPipes(line, true);
    // "|\|\|" is a row of cells that do not apply, not of escaped bars, when that makes it as wide as the others.
    const bare = widths[i]! < columnCount ? splitPipes(line, false) : cells;
    return bare.length === columnCount ? bare : cells;
  });
  // Markdown cannot do without a header row: converters of tables without one leave an empty row over the dashes.
  if (hasHeader && rows.length > 1 && rows[0]?.every((cell) => cell.trim() === '')) rows.shift();
  if (rows.length === 0 || columnCount < 1) return [];
  return [flatTable(rows.map((row) => row.map(cellLines)))];
}

function splitPipes(line: string, escapes: boolean): string[] {
  const inner = line.trim().replace(/^\|/, '');
  const cells: string[] = [];
  let cell = '';
  for (let i = 0; i < inner.length; i++) {
    if (escapes && inner[i] === '\\' && inner[i + 1] === '|') {
      cell += '|';
      i++;
    } else if (inner[i] === '|') {
      cells.push(cell);
      cell = '';
    } else cell += inner[i];
  }
  return cell.trim() === '' && cells.length > 0 ? cells : [...cells, cell];
}

/** A cell that is only "\" says "does not apply" and stays. */
function cellLines(cell: string): readonly string[] {
  const text = cell.trim();
  return text === '\\' || text === '\\\\' ? ['\\'] : plainLine(text).texts;
}

/** A number and a tab before a text is a numbered paragraph, not a row of two cells. */
const numberedByTab = /^\s*(?:附件[:：]?\s*)?[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,4})[）)、.．]+\t[^\t]*$/;
/** 联系人：…⇥电话：…: labelled values side by side. */
const labelledCells = (line: string): boolean =>
  line
    .trim()
    .split(/\t+/)
    .every((cell) => /^[^:：]{1,12}[:：]/.test(cell.trim()));

/**
 * Lines of cells between tabs: two such lines in a row, or one with two tabs. Columns go by the number of tabs; a
 * leading tab is an empty first cell.
 */
export function tabTable(lines: readonly string[], from: number): TextTables | null {
  if (!startsTabRow(lines[from]!)) return null;
  let to = from;
  // A line of nothing but as many tabs is a blank row of a form.
  const tabs = countTabs(lines[from]!);
  while (to < lines.length && (isTabRow(lines[to]!) || (lines[to]!.trim() === '' && countTabs(lines[to]!) === tabs)))
    to++;
  const rows = lines.slice(from, to);
  if (rows.length === 1 && tabs < 2) return null;
  if (rows.every(labelledCells)) return null;
  return { tables: [flatTable(rows.map((row) => row.split('\t').map(cellLines)))], length: to - from };
}

const countTabs = (line: string): number => line.match(/\t/g)?.length ?? 0;

/** A tab with a text before it: an indented line alone begins no table. */
function startsTabRow(line: string): boolean {
  const inner = line.replace(/^ +/, '');
  return (inner.trimStart().includes('\t') || !inner.startsWith('\t')) && isTabRow(line);
}
const isTabRow = (line: string): boolean => line.includes('\t') && line.trim() !== '' && !numberedByTab.test(line);

/**
 * A Markdown table whose line breaks were lost, put on lines again: its row of dashes says how many cells a row has.
 * The text before and after it stays. Null where the line holds no such table.
 */
export function unfoldedTable(line: string): readonly string[] | null {
  const dashes = /\|(?:\s*:?-{3,}:?\s*\|)+/.exec(line);
  if (dashes === null || dashes[0].length === line.trim().length) return null;
  const count = dashes[0].split('|').length - 2;
  const before = line.slice(0, dashes.index).split('|');
  const after = line.slice(dashes.index + dashes[0].length).split('|');
  if (count < 2 || before.length < count + 2) return null;
  const row = (cells: readonly string[]): string => `|${cells.join('|')}|`;
  const lines = [before.slice(0, -1 - count).join('|'), row(before.slice(-1 - count, -1)), dashes[0]];
  // Cells come in rows with the space between two rows after each.
  let at = 1;
  while (at + count < after.length && after[at - 1]!.trim() === '') {
    lines.push(row(after.slice(at, at + count)));
    at += count + 1;
  }
  lines.push(after.slice(at - 1).join('|'));
  return lines.filter((text) => text.trim() !== '');
}
