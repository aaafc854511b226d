import type { CoverageMatrix, CoverageRow } from '../../../models/comparison.ts';
import type { FocusItem } from '../../../models/facts.ts';
import { stateWords } from '../../../models/words.ts';
import { cell, type Report, type ReportCell, type ReportTable, type Tone } from './report.ts';
import { printEffects, printNotice } from './words.ts';

const stateTones: Readonly<Record<CoverageRow['cells'][number]['state'], Tone>> = {
  kept: 'kept',
  modified: 'modified',
  weakened: 'weakened',
  dropped: 'dropped',
  'out-of-remit': 'none',
};

const count = (value: number): ReportCell => ({ text: String(value), number: value });
const share = (value: number): ReportCell => ({ text: `${Math.round(value * 1000) / 10}%`, share: value });
const placeOf = (row: CoverageRow) => row.region?.name ?? row.notice.issuingBody ?? row.notice.fileName;
const itemText = (item: FocusItem) => `${item.subject === null ? '' : `〔${item.subject}〕`}${item.text}`;

const noticeColumns = [
  { header: '地区', width: 16 },
  { header: '发文机关', width: 26 },
  { header: '发文字号', width: 22 },
  { header: '落实率', width: 9 },
];
const noticeCells = (row: CoverageRow): ReportCell[] => [
  cell(placeOf(row)),
  cell(row.notice.issuingBody),
  cell(row.notice.documentNumber),
  share(row.coverage),
];

function gridTable(matrix: CoverageMatrix): ReportTable {
  return {
    name: '落实矩阵',
    note: '一行一个下级，一列一项要求。',
    columns: [
      ...noticeColumns,
      ...matrix.items.map((item, i) => ({ header: `${i + 1}. ${itemText(item)}`, width: 14 })),
    ],
    rows: matrix.rows.map((row) => [
      ...noticeCells(row),
      ...row.cells.map(({ state, effects }) => {
        const words = printEffects(effects.filter((effect) => effect !== 'weakened' && effect !== 'out-of-remit'));
        return cell(words === '' ? stateWords[state] : `${stateWords[state]}（${words}）`, stateTones[state]);
      }),
    ]),
    frozenColumns: noticeColumns.length,
    onPaper: false,
  };
}

function rowTable(matrix: CoverageMatrix): ReportTable {
  return {
    name: '各地落实情况',
    note: null,
    columns: [
      ...noticeColumns,
      { header: '保留', width: 7 },
      { header: '修改', width: 7 },
      { header: '弱化', width: 7 },
      { header: '未见', width: 7 },
      { header: '不属职责', width: 9 },
      { header: '新增', width: 7 },
      { header: '晚于上级的时限', width: 14 },
    ],
    rows: matrix.rows.map((row) => [
      ...noticeCells(row),
      count(row.counts.kept),
      count(row.counts.modified),
      count(row.counts.weakened),
      count(row.counts.dropped),
      count(row.counts.outOfRemit),
      count(row.added.length),
      row.lateDeadlines > 0 ? { ...count(row.lateDeadlines), tone: 'late' } : count(0),
    ]),
    frozenColumns: 1,
    onPaper: true,
  };
}

function itemTable(matrix: CoverageMatrix): ReportTable {
  return {
    name: '各项落实情况',
    note: null,
    columns: [
      { header: '序号', width: 6 },
      { header: '上级要求', width: 50 },
      { header: '保留', width: 7 },
      { header: '修改', width: 7 },
      { header: '弱化', width: 7 },
      { header: '未见', width: 7 },
      { header: '不属职责', width: 9 },
    ],
    rows: matrix.items.map((item, i) => {
      const counts = matrix.itemCounts[i]!;
      return [
        count(i + 1),
        cell(itemText(item)),
        count(counts.kept),
        count(counts.modified),
        { ...count(counts.weakened), ...(counts.weakened > 0 ? { tone: 'weakened' as const } : {}) },
        { ...count(counts.dropped), ...(counts.dropped > 0 ? { tone: 'dropped' as const } : {}) },
        count(counts.outOfRemit),
      ];
    }),
    frozenColumns: 2,
    onPaper: true,
  };
}

function evidenceTable(matrix: CoverageMatrix): ReportTable {
  return {
    name: '依据',
    note: null,
    columns: [
      { header: '地区', width: 16 },
      { header: '序号', width: 6 },
      { header: '上级要求', width: 40 },
      { header: '落实', width: 9 },
      { header: '变化', width: 18 },
      { header: '下级表述', width: 44 },
      { header: '页', width: 5 },
      { header: '文件', width: 26 },
    ],
    rows: matrix.rows.flatMap((row) =>
      row.cells.flatMap((one, i) =>
        one.state === 'dropped'
          ? []
          : [
              [
                cell(placeOf(row)),
                count(i + 1),
                cell(itemText(matrix.items[i]!)),
                cell(stateWords[one.state], stateTones[one.state]),
                cell(printEffects(one.effects)),
                cell(one.right.map(itemText).join('；')),
                cell([...new Set(one.right.flatMap((item) => item.evidence.map(({ page }) => page)))].join('、')),
                cell(row.notice.fileName),
              ],
            ],
      ),
    ),
    frozenColumns: 2,
    onPaper: false,
  };
}

function addedTable(matrix: CoverageMatrix): ReportTable {
  return {
    name: '各地共同新增',
    note: '上级没有、两个以上下级自行增加的内容。',
    columns: [
      { header: '下级数', width: 8 },
      { header: '新增内容', width: 50 },
      { header: '地区', width: 50 },
    ],
    rows: matrix.added.map((cluster) => [
      count(cluster.rows.length),
      cell(`${cluster.subject === null ? '' : `〔${cluster.subject}〕`}${cluster.text}`, 'added'),
      cell(cluster.rows.map((i) => placeOf(matrix.rows[i]!)).join('、')),
    ]),
    frozenColumns: 1,
    onPaper: true,
  };
}

function copyTable(matrix: CoverageMatrix): ReportTable {
  const fromUpper = matrix.copiedFromUpper.map((i) => placeOf(matrix.rows[i]!));
  return {
    name: '相互照搬',
    note: '除上级原文外仍大体相同的文件；首个为成文最早者。',
    columns: [
      { header: '相似度', width: 9 },
      { header: '最早', width: 20 },
      { header: '其余', width: 60 },
    ],
    rows: [
      ...matrix.copies.map((group) => {
        const [first, ...others] = group.rows.map((i) => placeOf(matrix.rows[i]!));
        return [share(group.similarity), cell(first), cell(others.join('、'))];
      }),
      ...(fromUpper.length > 0 ? [[cell(''), cell('（上级原文）', 'none'), cell(fromUpper.join('、'))]] : []),
    ],
    frozenColumns: 1,
    onPaper: true,
  };
}

/** What a person reads of a matrix: the grid with its words and colours, what it rests on, and what stands out. */
export function matrixReport(matrix: CoverageMatrix): Report {
  const missing = matrix.missing.map((region) => region.name).join('、');
  const tables = [
    gridTable(matrix),
    evidenceTable(matrix),
    rowTable(matrix),
    itemTable(matrix),
    addedTable(matrix),
    copyTable(matrix),
  ];
  return {
    title: '下级落实情况矩阵',
    lines: [
      `上级文件：${printNotice(matrix.upper)}`,
      `要求${matrix.items.length}项，下级文件${matrix.rows.length}份。落实率：保留和修改计1，弱化计0.5，不属职责的不计。`,
      ...(missing === '' ? [] : [`未见文件的地区：${missing}`]),
    ],
    tables: tables.filter((table) => table.rows.length > 0),
  };
}
