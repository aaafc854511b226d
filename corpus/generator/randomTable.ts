import type { GoldTable } from '../gold.ts';
import type { Field } from './randomFields.ts';
import type { SeededRandom } from './seededRandom.ts';
import type { SpecTable } from './spec.ts';

type Cell = SpecTable['cells'][number];

/** Statistics with a header of one or two rows and labels of one or two columns, blanks and strokes at random. */
export function statisticsTable(
  random: SeededRandom,
  field: Field,
): { readonly spec: SpecTable; readonly gold: Omit<GoldTable, 'title'> } {
  const shape = { nested: random.chance(0.6), grouped: random.chance(0.6) };
  const cells: Cell[] = [];
  const put = (row: number, column: number, text: string, rowSpan = 1, columnSpan = 1): void => {
    cells.push({ row, column, rowSpan, columnSpan, text });
  };
  const headerRows = shape.nested ? 2 : 1;
  const stubColumns = shape.grouped ? 2 : 1;
  const columns: string[][] = [];
  put(0, 0, '类别', headerRows, stubColumns);
  let column = stubColumns;
  random.sample(field.objects, random.integer(3, 5)).forEach((object, i) => {
    // The first has parts, so that a header of two rows is one.
    const parts = shape.nested && (i === 0 || random.chance(0.4)) ? ['本月数', '累计数'] : [];
    put(0, column, object, parts.length > 0 ? 1 : headerRows, Math.max(1, parts.length));
    if (parts.length === 0) columns.push([object]);
    for (const part of parts) {
      put(1, column + columns.filter((path) => path[0] === object).length, part);
      columns.push([object, part]);
    }
    column += Math.max(1, parts.length);
  });
  const rows: { path: string[]; unit: string }[] = [];
  let row = headerRows;
  for (const [label, unit] of random.sample(field.counts, random.integer(3, 5))) {
    put(row++, 0, `${label}（${unit}）`, 1, stubColumns);
    rows.push({ path: [label], unit });
  }
  if (shape.grouped) {
    const acts = random.sample(field.acts, random.integer(2, 5));
    put(row, 0, '查处情况（件）', acts.length, 1);
    for (const act of acts) {
      put(row++, 1, act);
      rows.push({ path: ['查处情况', act], unit: '件' });
    }
  }
  let notApplicable = 0;
  let blank = 0;
  for (let r = headerRows; r < row; r++) {
    for (let c = stubColumns; c < column; c++) {
      const struck = random.chance(0.12);
      if (struck) notApplicable++;
      else blank++;
      put(r, c, struck ? '\\' : '');
    }
  }
  cells.sort((a, b) => a.row - b.row || a.column - b.column);
  const caption = ['填报单位（盖章）：                填报人：                联系电话：'];
  const notes = random.chance(0.5) ? ['注：数据为当年累计数，无数据的填“0”。'] : [];
  return {
    spec: { type: 'table', caption, rowCount: row, columnCount: column, headerRows, stubColumns, cells, notes },
    gold: { columns, rows, notApplicable, blank },
  };
}

/** A ledger to fill in, long enough to cross a page now and then. */
export function ledger(random: SeededRandom): SpecTable {
  const labels = random.sample(
    ['单位名称', '存在问题', '整改措施', '责任人', '完成时限', '联系电话'],
    random.integer(4, 6),
  );
  const header = ['序号', ...labels, '备注'];
  const count = random.integer(6, 34);
  const cells: Cell[] = [];
  for (let row = 0; row <= count; row++) {
    header.forEach((label, column) => {
      const text = row === 0 ? label : column === 0 ? String(row) : '';
      cells.push({ row, column, rowSpan: 1, columnSpan: 1, text });
    });
  }
  const size = { rowCount: count + 1, columnCount: header.length, headerRows: 1, stubColumns: 1 };
  return { type: 'table', caption: [], ...size, cells, notes: [] };
}
