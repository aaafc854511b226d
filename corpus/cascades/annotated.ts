import type { Evidence } from '../../models/evidence.ts';
import type { Deadline, Due, FocusItem, Target } from '../../models/facts.ts';
import {
  type AdministrativeLevel,
  type Attachment,
  type CitedDocument,
  emptyNotice,
  type Notice,
  type Section,
} from '../../models/index.ts';
import type { Table, TableAxis, TableCell } from '../../models/table.ts';

/**
 * A notice written as text with its facts marked in it, so that one source gives both: the plain text as an office would
 * send it, and the Notice that a faultless extraction would give.
 *
 * Header lines `机关：` `文号：` `层级：` `区划：` `标题：` `主送：` `日期：` `行动：`, an empty line, then the body. In the body:
 *   [[严厉打击@药品零售企业:非法渠道购进药品]]        an item: action, subject (either may be empty), text
 *   [[due monthly/20|报送统计表|各县局|市局::每月20日前报送统计表]]    a deadline: due, task, responsible, recipient
 *   [[target 检查覆盖率 >= 100 %::检查覆盖率达到100%]]
 *   [[cite 关于开展……的通知|青应急发〔2024〕3号|basis]]       a cited document, printed as 《title》（number）
 *   [[contact 张三|综合科|0571-1234567|a@b.cn]]
 *   [[table 标题 ... ]]  on lines of their own: `列：`, `行：`, `不适用：`, labels separated by ｜, levels by /, unit in （）
 */
export interface AnnotatedNotice {
  readonly text: string;
  readonly notice: Notice;
}

const headingPatterns: readonly (readonly [RegExp, number])[] = [
  [/^[一二三四五六七八九十]+、/, 1],
  [/^（[一二三四五六七八九十]+）/, 2],
  [/^\d+[.．]/, 3],
  [/^（\d+）/, 4],
];

interface Draft {
  readonly number: string;
  readonly level: number;
  readonly title: string;
  text: string;
  readonly children: Draft[];
  readonly start: number;
}

/** 2024-04-10, monthly/20, quarterly/-1, yearly/12-20, working-day+5@issue, 2024-03..2024-08 */
export function parseDue(text: string): Due {
  const recurring = /^(weekly|monthly|quarterly|half-yearly|yearly)\/(?:(\d+)-)?(-?\d+)?$/.exec(text);
  if (recurring) {
    const frequency = recurring[1] as 'weekly' | 'monthly' | 'quarterly' | 'half-yearly' | 'yearly';
    const day = recurring[3] === undefined ? null : Number(recurring[3]);
    const month = recurring[2] === undefined ? null : Number(recurring[2]);
    const every = { weekly: 'WEEKLY', monthly: 'MONTHLY', quarterly: 'MONTHLY;INTERVAL=3' } as const;
    const rule =
      frequency === 'half-yearly' ? 'MONTHLY;INTERVAL=6' : frequency === 'yearly' ? 'YEARLY' : every[frequency];
    const by = day === null ? '' : `;BYMONTHDAY=${day}`;
    return { kind: 'recurring', frequency, day, month, rrule: `FREQ=${rule}${by}` };
  }
  const relative = /^(day|working-day|month)\+(\d+)@(issue|receipt|publication|event)$/.exec(text);
  if (relative) {
    return {
      kind: 'relative',
      from: relative[3] as 'issue' | 'receipt' | 'publication' | 'event',
      event: null,
      amount: Number(relative[2]),
      unit: relative[1] as 'day' | 'working-day' | 'month',
      date: null,
    };
  }
  const period = /^([\d-]*)\.\.([\d-]*)$/.exec(text);
  if (period) return { kind: 'period', start: period[1] || null, end: period[2] || null };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { kind: 'date', date: text };
  throw new Error(`Not a due date: ${text}`);
}

const emptyOrText = (text: string | undefined) => (text === undefined || text.trim() === '' ? null : text.trim());

function parseAxes(line: string): TableAxis[] {
  return line
    .split('｜')
    .map((label) => label.trim())
    .filter((label) => label !== '')
    .map((label) => {
      // `／` inside a label stands for a printed slash; `/` divides the levels.
      const unit = /（([^（）]{1,4})）$/.exec(label)?.[1] ?? null;
      const bare = unit === null ? label : label.slice(0, -(unit.length + 2));
      return { path: bare.split('/').map((step) => step.replaceAll('／', '/')), unit };
    });
}

function depthOf(axes: readonly TableAxis[]): number {
  return Math.max(1, ...axes.map((axis) => axis.path.length));
}

/** A table with the given labels; labels of one group are merged as a notice prints them. */
export function buildTable(
  title: string,
  columns: readonly TableAxis[],
  rows: readonly TableAxis[],
  notApplicable: ReadonlySet<string>,
  evidence: readonly Evidence[],
): Table {
  const headerRows = depthOf(columns);
  const stubColumns = depthOf(rows);
  const cells: TableCell[] = [];
  const unitOf = (axis: TableAxis, last: boolean) => (last && axis.unit !== null ? `（${axis.unit}）` : '');
  cells.push({ row: 0, column: 0, rowSpan: headerRows, columnSpan: stubColumns, text: '类别', role: 'column-header' });
  const place = (axes: readonly TableAxis[], depth: number, across: boolean) => {
    axes.forEach((axis, at) => {
      axis.path.forEach((label, level) => {
        const last = level === axis.path.length - 1;
        const same = (other: TableAxis | undefined) =>
          other !== undefined &&
          !last &&
          other.path.slice(0, level + 1).join('/') === axis.path.slice(0, level + 1).join('/');
        if (same(axes[at - 1])) return;
        let span = 1;
        while (same(axes[at + span])) span += 1;
        const deep = last ? depth - level : 1;
        const text = `${label}${unitOf(axis, last)}`;
        cells.push(
          across
            ? { row: level, column: stubColumns + at, rowSpan: deep, columnSpan: span, text, role: 'column-header' }
            : { row: headerRows + at, column: level, rowSpan: span, columnSpan: deep, text, role: 'row-header' },
        );
      });
    });
  };
  place(columns, headerRows, true);
  place(rows, stubColumns, false);
  rows.forEach((row, r) => {
    columns.forEach((column, c) => {
      const excluded = notApplicable.has(column.path.join('/')) || notApplicable.has(row.path.join('/'));
      cells.push({
        row: headerRows + r,
        column: stubColumns + c,
        rowSpan: 1,
        columnSpan: 1,
        text: excluded ? '\\' : '',
        role: excluded ? 'not-applicable' : 'blank',
      });
    });
  });
  return {
    title,
    caption: ['填报单位：', '填报人：'],
    rowCount: headerRows + rows.length,
    columnCount: stubColumns + columns.length,
    headerRows,
    stubColumns,
    cells,
    columns,
    rows,
    notes: [],
    frequency: null,
    evidence,
  };
}

/** The table as tab-separated lines, merged cells flattened into empty ones, as web pages and converters leave it. */
function tableLines(table: Table): string[] {
  const grid = Array.from({ length: table.rowCount }, () => Array.from({ length: table.columnCount }, () => ''));
  for (const cell of table.cells) grid[cell.row]![cell.column] = cell.text;
  return grid.map((row) => row.join('\t'));
}

/** Paragraphs, one a line; a table mark spans lines up to its end. */
function blocksOf(body: string): string[] {
  const blocks: string[] = [];
  let table: string[] | null = null;
  for (const line of body.split('\n').map((one) => one.trim())) {
    if (line.startsWith('[[table ')) table = [line];
    else if (table === null && line !== '') blocks.push(line);
    else if (table !== null) {
      table.push(line);
      if (line === ']]') {
        blocks.push(table.join('\n'));
        table = null;
      }
    }
  }
  return blocks;
}

const mark = /\[\[([\s\S]*?)\]\]/g;

/** Reads an annotated source. Throws with the offending mark where the source is wrong: it is written by hand. */
export function parseAnnotated(source: string, id = 'n1'): AnnotatedNotice {
  const [head = '', ...rest] = source.trim().split(/\n\s*\n/);
  const header = new Map(
    head.split('\n').map((line) => {
      const at = line.indexOf('：');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
    }),
  );
  let text = '';
  const quote = (start: number, end: number): Evidence[] => [
    { page: 1, start, end, quote: text.slice(start, end), confidence: 1 },
  ];
  const line = (content: string): Evidence[] => {
    const start = text.length;
    text += `${content}\n`;
    return quote(start, start + content.length);
  };
  const sourced = (value: string | undefined, evidence: Evidence[]) => (value ? { value, evidence } : null);

  const body = header.get('机关');
  const bodyEvidence = line(`${body ?? ''}文件`);
  const number = header.get('文号');
  const numberEvidence = number ? line(`\n${number}\n`) : [];
  const parsedNumber = /^(.+?)〔(\d{4})〕(\d+)号$/.exec(number ?? '');
  const title = header.get('标题');
  const titleEvidence = line(title ?? '');
  const recipients = (header.get('主送') ?? '').split('，').filter((name) => name !== '');
  const recipientEvidence = line(`\n${recipients.join('，')}：\n`);

  const focusItems: FocusItem[] = [];
  const deadlines: Deadline[] = [];
  const targets: Target[] = [];
  const contacts: Notice['contacts'][number][] = [];
  const citedDocuments: CitedDocument[] = [];
  const attachments: Attachment[] = [];
  const tables: { title: string; columns: TableAxis[]; rows: TableAxis[]; excluded: Set<string> }[] = [];
  const roots: Draft[] = [];
  const open: Draft[] = [];
  const bare = (numbered: string) => numbered.replace(/[、.．（）]/g, '');
  const path = () => (open.length === 0 ? null : open.map((draft) => bare(draft.number)).join('/'));

  /** Takes the marks out of a paragraph, notes the facts, and returns the plain paragraph. */
  const plain = (paragraph: string): string => {
    const base = text.length;
    let result = '';
    let last = 0;
    for (const match of paragraph.matchAll(mark)) {
      result += paragraph.slice(last, match.index);
      last = match.index + match[0].length;
      const content = match[1]!;
      const start = base + result.length;
      const evidenceOf = (printed: string): Evidence[] => {
        result += printed;
        return [{ page: 1, start, end: start + printed.length, quote: printed, confidence: 1 }];
      };
      const due = /^due ([^|]+)\|([^|]*)\|([^|]*)\|(.*?)::([\s\S]*)$/.exec(content);
      const target = /^target (.*?) (>=|<=|=) ([\d.]+) (\S+?)::([\s\S]*)$/.exec(content);
      const cite = /^cite (.*?)\|(.*?)\|(basis|forwarded|law|mentioned)$/.exec(content);
      const contact = /^contact (.*?)\|(.*?)\|(.*?)\|(.*)$/.exec(content);
      const item = /^([^@]*)@([^:]*):([\s\S]+)$/.exec(content);
      if (due) {
        deadlines.push({
          task: due[2]!,
          due: parseDue(due[1]!),
          time: null,
          assumed: [],
          responsible: emptyOrText(due[3]),
          recipient: emptyOrText(due[4]),
          evidence: evidenceOf(due[5]!),
        });
      } else if (target) {
        targets.push({
          text: target[5]!,
          metric: emptyOrText(target[1]),
          comparison: target[2] as '>=' | '<=' | '=',
          value: Number(target[3]),
          unit: target[4]!,
          by: null,
          evidence: evidenceOf(target[5]!),
        });
      } else if (cite) {
        citedDocuments.push({
          title: emptyOrText(cite[1]),
          documentNumber: emptyOrText(cite[2]),
          issuingBody: null,
          role: cite[3] as CitedDocument['role'],
          evidence: evidenceOf(`《${cite[1]}》${cite[2] ? `（${cite[2]}）` : ''}`),
        });
      } else if (contact) {
        const printed = `联系人：${contact[1]}，联系电话：${contact[3]}，电子邮箱：${contact[4]}`;
        contacts.push({
          name: emptyOrText(contact[1]),
          unit: emptyOrText(contact[2]),
          phones: contact[3] ? [contact[3]] : [],
          emails: contact[4] ? [contact[4]] : [],
          fax: null,
          evidence: evidenceOf(printed),
        });
      } else if (item) {
        focusItems.push({
          id: `i${focusItems.length + 1}`,
          text: item[3]!,
          subject: emptyOrText(item[2]),
          action: emptyOrText(item[1]),
          section: path(),
          evidence: evidenceOf(item[3]!),
        });
      } else throw new Error(`Not a mark: [[${content}]]`);
    }
    return result + paragraph.slice(last);
  };

  for (const block of blocksOf(rest.join('\n'))) {
    const table = /^\[\[table ([^\n]+)\n([\s\S]*?)\]\]$/.exec(block);
    if (table) {
      const field = (name: string) => new RegExp(`^${name}：(.*)$`, 'm').exec(table[2]!)?.[1] ?? '';
      tables.push({
        title: table[1]!.trim(),
        columns: parseAxes(field('列')),
        rows: parseAxes(field('行')),
        excluded: new Set(
          field('不适用')
            .split('｜')
            .map((label) => label.trim().replaceAll('／', '/'))
            .filter((label) => label !== ''),
        ),
      });
      continue;
    }
    const paragraph = block;
    const heading = headingPatterns.find(([pattern]) => pattern.test(paragraph));
    if (heading) {
      const [pattern, level] = heading;
      const printedNumber = pattern.exec(paragraph)![0];
      while (open.length > 0 && open.at(-1)!.level >= level) open.pop();
      const afterNumber = paragraph.slice(printedNumber.length);
      const stop = afterNumber.indexOf('。');
      const isRunIn = level > 1 && stop >= 0 && !afterNumber.slice(0, stop).includes('[[');
      const wholeIsTitle = stop < 0 && !afterNumber.includes('[[');
      const headingTitle = isRunIn ? afterNumber.slice(0, stop) : wholeIsTitle ? afterNumber : '';
      const draft: Draft = {
        number: printedNumber,
        level,
        title: headingTitle,
        text: '',
        children: [],
        start: text.length,
      };
      (open.at(-1)?.children ?? roots).push(draft);
      open.push(draft);
      const printed = plain(paragraph);
      const skip = printedNumber.length + headingTitle.length + (isRunIn ? 1 : 0);
      draft.text = printed.slice(skip);
      text += `${printed}\n`;
    } else {
      const printed = plain(paragraph);
      const current = open.at(-1);
      if (current) current.text += `${current.text ? '\n' : ''}${printed}`;
      text += `${printed}\n`;
    }
  }
  tables.forEach((table, at) => {
    line(`${at === 0 ? '\n附件：' : '      '}${tables.length > 1 ? `${at + 1}.` : ''}${table.title}`);
  });
  const signatureEvidence = line(`\n${body ?? ''}`);
  const date = header.get('日期');
  const dateEvidence = line(date ?? '');
  tables.forEach((table, at) => {
    line(`\n附件${tables.length > 1 ? at + 1 : ''}\n`);
    const evidence = line(table.title);
    const built = buildTable(table.title, table.columns, table.rows, table.excluded, evidence);
    line('填报单位：              填报人：');
    for (const row of tableLines(built)) line(row);
    attachments.push({
      number: tables.length > 1 ? at + 1 : null,
      title: table.title,
      present: true,
      kind: 'statistics-table',
      tables: [built],
      evidence,
    });
  });
  const finish = (draft: Draft): Section => ({
    number: draft.number,
    level: draft.level,
    title: draft.title || null,
    text: draft.text,
    responsible: [],
    children: draft.children.map(finish),
    evidence: quote(draft.start, draft.start + draft.number.length + draft.title.length),
  });
  const isoDate = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(date ?? '');
  const region = /^(\d{6,9})\s*(.+)$/.exec(header.get('区划') ?? '');
  const campaign = /^([^|]+)(?:\|([\d-]*)\.\.([\d-]*))?$/.exec(header.get('行动') ?? '');
  const notice: Notice = {
    ...emptyNotice,
    id,
    documentType: /(通知|意见|通报|函|公告|通告|方案)$/.exec(title ?? '')?.[1] ?? null,
    documentNumber: parsedNumber
      ? {
          value: number!,
          agencyCode: parsedNumber[1]!,
          year: Number(parsedNumber[2]),
          serial: Number(parsedNumber[3]),
          evidence: numberEvidence,
        }
      : null,
    issuingBody: sourced(body, bodyEvidence),
    administrativeLevel: (header.get('层级') as AdministrativeLevel | undefined) ?? null,
    region: region ? { code: region[1]!, name: region[2]! } : null,
    title: sourced(title, titleEvidence),
    signatory: sourced(body, signatureEvidence),
    mainRecipients: recipients.map((value) => ({ value, evidence: recipientEvidence })),
    issueDate: isoDate
      ? {
          value: `${isoDate[1]}-${isoDate[2]!.padStart(2, '0')}-${isoDate[3]!.padStart(2, '0')}`,
          evidence: dateEvidence,
        }
      : null,
    citedDocuments,
    campaign: campaign
      ? {
          name: campaign[1]!,
          startDate: campaign[2] || null,
          endDate: campaign[3] || null,
          phases: [],
          evidence: titleEvidence,
        }
      : null,
    sections: roots.map(finish),
    focusItems,
    deadlines,
    targets,
    contacts,
    attachments,
  };
  return { text, notice };
}
