import type { Evidence, FocusItem, Notice, Sourced } from '../../models/index.ts';
import { assumedWords, attachmentWords, dueWords, levelWords, roleWords, severityWords } from '../../models/words.ts';
import type { ExportedNotice } from './readFacts.ts';

export type SheetCell = string | number | null | undefined;

/** A sheet of the workbook: what a row of it is made of is told by its columns. */
export interface Sheet {
  readonly name: string;
  /** Header and width in characters of half width. */
  readonly columns: readonly (readonly [header: string, width: number])[];
  readonly rowsOf: (exported: ExportedNotice) => readonly (readonly SheetCell[])[];
}

const values = (all: readonly Sourced<string>[]) => all.map((one) => one.value).join('、');
const quote = (evidence: readonly Evidence[]) => evidence[0]?.quote.replace(/\s+/g, ' ');
const page = (evidence: readonly Evidence[]) => evidence[0]?.page;

/** What says which notice a row belongs to. */
const own = [
  ['发文字号', 24],
  ['标题', 50],
  ['编号', 18],
] as const;
const ownCells = ({ summary }: ExportedNotice): readonly SheetCell[] => [
  summary.documentNumber,
  summary.title ?? summary.fileName,
  shortAddress(summary),
];

/** 12 digits are enough to name a file to the program; the list has them all. */
function shortAddress({ fileId, noticeId }: { readonly fileId: string; readonly noticeId: string }): string {
  return `${fileId.slice(0, 12)}#${noticeId}`;
}

/** Facts that are lists, each with a row for every member. */
function factSheet<T>(
  name: string,
  columns: Sheet['columns'],
  factsOf: (notice: Notice) => readonly T[],
  cells: (fact: T) => readonly SheetCell[],
): Sheet {
  return {
    name,
    columns: [...own, ...columns],
    rowsOf: (exported) => factsOf(exported.notice).map((fact) => [...ownCells(exported), ...cells(fact)]),
  };
}

/** What is to be inspected, and what those inspected are to do. */
const itemSheet = (name: string, itemsOf: (notice: Notice) => readonly FocusItem[]): Sheet =>
  factSheet(
    name,
    [
      ['对象', 24],
      ['动作', 12],
      ['内容', 60],
      ['章节', 12],
      ['原文', 60],
      ['页', 6],
    ],
    itemsOf,
    ({ subject, action, text, section, evidence }) => [subject, action, text, section, quote(evidence), page(evidence)],
  );

export const sheets: readonly Sheet[] = [
  {
    name: '公文清单',
    columns: [
      ...own,
      ['发文机关', 28],
      ['联合发文机关', 28],
      ['行政层级', 10],
      ['地区', 14],
      ['文种', 8],
      ['成文日期', 12],
      ['密级', 10],
      ['公开属性', 14],
      ['限制标记', 12],
      ['紧急程度', 10],
      ['签发人', 10],
      ['署名', 28],
      ['主送机关', 40],
      ['抄送机关', 40],
      ['专项行动', 30],
      ['行动开始', 12],
      ['行动结束', 12],
      ['检查重点数', 10],
      ['时限数', 8],
      ['量化指标数', 10],
      ['附件数', 8],
      ['疑点数', 8],
      ['更正数', 8],
      ['文件名', 40],
      ['文件编号', 66],
    ],
    rowsOf: (exported) => {
      const { summary, notice, corrections } = exported;
      return [
        [
          ...ownCells(exported),
          summary.issuingBody,
          values(notice.jointIssuers),
          notice.administrativeLevel && levelWords[notice.administrativeLevel],
          notice.region?.name,
          notice.documentType,
          summary.issueDate,
          summary.securityLevel,
          summary.disclosure,
          summary.restricted ? '限制公开' : null,
          notice.urgency?.value,
          notice.signer?.value,
          notice.signatory?.value,
          values(notice.mainRecipients),
          values(notice.copyRecipients),
          notice.campaign?.name,
          notice.campaign?.startDate,
          notice.campaign?.endDate,
          summary.counts.focusItems,
          summary.counts.deadlines,
          summary.counts.targets,
          summary.counts.attachments,
          summary.counts.findings,
          corrections.length,
          summary.fileName,
          summary.fileId,
        ],
      ];
    },
  },
  itemSheet('检查重点', (notice) => notice.focusItems),
  factSheet(
    '时限要求',
    [
      ['事项', 50],
      ['时限', 30],
      ['时刻', 8],
      ['责任单位', 24],
      ['报送对象', 24],
      ['推定', 14],
      ['原文', 60],
      ['页', 6],
    ],
    (notice) => notice.deadlines,
    ({ task, due, time, responsible, recipient, assumed, evidence }) => [
      task,
      dueWords(due),
      time,
      responsible,
      recipient,
      assumed.map((one) => assumedWords[one]).join('、'),
      quote(evidence),
      page(evidence),
    ],
  ),
  factSheet(
    '量化指标',
    [
      ['内容', 50],
      ['指标', 24],
      ['比较', 6],
      ['数值', 10],
      ['单位', 8],
      ['截止', 14],
      ['原文', 60],
      ['页', 6],
    ],
    (notice) => notice.targets,
    ({ text, metric, comparison, value, unit, by, evidence }) => [
      text,
      metric,
      { '>=': '不低于', '<=': '不高于', '=': '等于' }[comparison],
      value,
      unit,
      by,
      quote(evidence),
      page(evidence),
    ],
  ),
  itemSheet('管理要求', (notice) => notice.duties ?? []),
  factSheet(
    '联系人',
    [
      ['姓名', 12],
      ['单位', 30],
      ['电话', 30],
      ['邮箱', 30],
      ['传真', 20],
    ],
    (notice) => notice.contacts,
    ({ name, unit, phones, emails, fax }) => [name, unit, phones.join('、'), emails.join('、'), fax],
  ),
  factSheet(
    '附件',
    [
      ['序号', 6],
      ['附件名称', 50],
      ['类型', 10],
      ['在本文件内', 10],
      ['表格数', 8],
    ],
    (notice) => notice.attachments,
    ({ number, title, kind, present, tables }) => [
      number,
      title,
      attachmentWords[kind],
      present ? '是' : '否',
      tables.length,
    ],
  ),
  factSheet(
    '引用文件',
    [
      ['文件', 50],
      ['文号', 24],
      ['机关', 30],
      ['关系', 10],
    ],
    (notice) => notice.citedDocuments,
    ({ title, documentNumber, issuingBody, role }) => [title, documentNumber, issuingBody, roleWords[role]],
  ),
  {
    name: '疑点',
    columns: [...own, ['程度', 8], ['代码', 26], ['说明', 60], ['原文', 60]],
    rowsOf: (exported) =>
      exported.findings.map(({ severity, code, message, evidence }) => [
        ...ownCells(exported),
        severityWords[severity],
        code,
        message,
        quote(evidence),
      ]),
  },
  {
    name: '人工更正',
    columns: [...own, ['项', 16], ['原文', 40], ['更正为', 50], ['说明', 40], ['更正人', 12], ['时间', 26]],
    rowsOf: (exported) =>
      exported.corrections.map((one) => [
        ...ownCells(exported),
        one.field,
        one.quote ?? (one.before === null ? null : JSON.stringify(one.before)),
        one.value === null ? '（无）' : JSON.stringify(one.value),
        one.note,
        one.person ?? one.actor,
        one.at,
      ]),
  },
];
