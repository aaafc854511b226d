import type { AxisChange, CalendarCheck, Change, Comparison } from '../../../models/comparison.ts';
import type { Contact, Deadline, FocusItem, Target } from '../../../models/facts.ts';
import type { Section } from '../../../models/notice.ts';
import { changeWords, dueWords } from '../../../models/words.ts';
import { cell, type Report, type ReportCell, type ReportTable, type Tone } from './report.ts';
import { printEffects, printNotice } from './words.ts';

function toneOf(change: Change<unknown>): Tone {
  if (change.change === 'kept') return 'kept';
  if (change.change === 'added') return 'added';
  if (change.effects.includes('out-of-remit')) return 'none';
  if (change.change === 'dropped') return 'dropped';
  return change.effects.includes('weakened') ? 'weakened' : 'modified';
}

/** One table of changes; `print` says a fact in words. */
function changeTable<T>(
  name: string,
  changes: readonly Change<T>[],
  print: (fact: T) => string,
  quote: (fact: T) => string,
  lead: (fact: T) => string = () => '',
): ReportTable {
  const sides = (facts: readonly T[]) => facts.map(print).join('\n');
  const rows = changes.map((change): ReportCell[] => {
    const paired = change.left.length > 0 && change.right.length > 0;
    const edits = paired && change.edits !== undefined ? { edits: change.edits } : {};
    return [
      cell(changeWords[change.change], toneOf(change)),
      cell(printEffects(change.effects)),
      { text: sides(change.left), ...edits, side: 'left', lead: change.left.slice(0, 1).map(lead).join('') },
      { text: sides(change.right), ...edits, side: 'right', lead: change.right.slice(0, 1).map(lead).join('') },
      cell(change.nearest === undefined ? '' : `${print(change.nearest.item)}（${change.nearest.similarity}）`),
      cell([...change.left, ...change.right].map(quote).join('\n')),
    ];
  });
  return {
    name,
    note: null,
    columns: [
      { header: '变化', width: 8 },
      { header: '影响', width: 14 },
      { header: '上级（或上年）', width: 44 },
      { header: '下级（或本年）', width: 44 },
      { header: '最接近者', width: 30 },
      { header: '依据', width: 40 },
    ],
    rows,
    frozenColumns: 2,
    onPaper: true,
  };
}

const quoteOf = (fact: { readonly evidence: readonly { readonly quote: string; readonly page: number }[] }) =>
  fact.evidence.map(({ quote, page }) => `第${page}页“${quote}”`).join(' ');

const leadOf = (item: FocusItem) => `${item.subject === null ? '' : `〔${item.subject}〕`}${item.action ?? ''}`;
const printItem = (item: FocusItem) => `${leadOf(item)}${item.text}`;
const dueOf = (deadline: Deadline) => `${dueWords(deadline.due)}${deadline.time ?? ''} `;
const printDeadline = (deadline: Deadline) =>
  `${dueWords(deadline.due)}${deadline.time ?? ''} ${deadline.task}${deadline.recipient ? `（报${deadline.recipient}）` : ''}`;
const printContact = (contact: Contact) =>
  [contact.unit, contact.name, ...contact.phones, ...contact.emails].filter((part) => part !== null).join(' ');
const printSection = (section: Section) =>
  `${section.number ?? ''}${section.title ?? ''}${section.title && section.text ? '\n' : ''}${section.text}`;

function axisTable(name: string, changes: readonly AxisChange[]): ReportTable {
  return {
    name,
    note: null,
    columns: [
      { header: '变化', width: 8 },
      { header: '影响', width: 14 },
      { header: '上级标目', width: 40 },
      { header: '下级标目', width: 40 },
      { header: '单位', width: 16 },
    ],
    rows: changes.map((change) => [
      cell(changeWords[change.change], change.effects?.includes('out-of-remit') ? 'none' : change.change),
      cell(printEffects(change.effects ?? [])),
      cell(change.left?.join('／')),
      cell(change.right?.join('／')),
      cell(change.units === undefined ? '' : `${change.units.left}→${change.units.right}`),
    ]),
    frozenColumns: 1,
    onPaper: true,
  };
}

function calendarTable(checks: readonly CalendarCheck[]): ReportTable {
  return {
    name: '时限核对',
    note: '余量为下级期限到上级期限的天数；负数为晚于上级。',
    columns: [
      { header: '结论', width: 10 },
      { header: '上级时限', width: 36 },
      { header: '下级时限', width: 36 },
      { header: '余量（天）', width: 10 },
      { header: '其中工作日', width: 10 },
    ],
    rows: checks.map((check) => [
      check.finding !== null
        ? cell('晚于上级', 'late')
        : cell(check.slackDays === null ? '无法核对' : '可衔接', 'kept'),
      cell(printDeadline(check.upper)),
      cell(printDeadline(check.lower)),
      check.slackDays === null ? cell('') : { text: String(check.slackDays), number: check.slackDays },
      check.slackWorkingDays === null
        ? cell('')
        : { text: String(check.slackWorkingDays), number: check.slackWorkingDays },
    ]),
    frozenColumns: 1,
    onPaper: true,
  };
}

/** What a person reads of a comparison: items first, then dates, goals, contacts, tables and the text side by side. */
export function comparisonReport(comparison: Comparison, calendar: readonly CalendarCheck[] = []): Report {
  const { summary } = comparison;
  const tables: ReportTable[] = [
    changeTable('检查重点', comparison.items, printItem, quoteOf, leadOf),
    changeTable('时限要求', comparison.deadlines, printDeadline, quoteOf, dueOf),
    ...(calendar.length > 0 ? [calendarTable(calendar)] : []),
    changeTable('量化目标', comparison.targets, (target: Target) => target.text, quoteOf),
    changeTable('联系方式', comparison.contacts, printContact, quoteOf),
    ...comparison.tables.flatMap((table, at) => {
      const number = comparison.tables.length > 1 ? at + 1 : '';
      const title = `${table.left ?? '（无）'} → ${table.right ?? '（无）'}`;
      const sum =
        table.addsUp === undefined ? '' : table.addsUp ? '；下级表可汇总成上级表' : '；下级表不能完整汇总成上级表';
      const note = `${title}${sum}`;
      return [
        { ...axisTable(`表${number}栏目`, table.columns), note },
        { ...axisTable(`表${number}行目`, table.rows), note },
      ];
    }),
    changeTable('正文对照', comparison.sections, printSection, () => ''),
  ];
  return {
    title: '公文比对报告',
    lines: [
      `上级（或上年）：${printNotice(comparison.left)}`,
      `下级（或本年）：${printNotice(comparison.right)}`,
      `检查重点：保留${summary.kept}项，修改${summary.modified}项，未见${summary.dropped}项，新增${summary.added}项。`,
    ],
    tables: tables.filter((table) => table.rows.length > 0),
  };
}
