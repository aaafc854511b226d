import type { Deadline, Evidence, Extraction, FocusItem, Notice, SourcedString } from '../models/index.ts';
import { dueWords, levelWords, originWords, severityWords } from '../models/words.ts';

/** The facts of one file for people, in Chinese, each with the place where it stands. */
export function summarize(extraction: Extraction): string {
  const { source } = extraction;
  const lines = [
    `${source.fileName}（${source.mediaType}，${source.pageCount} 页，${originWords[source.textOrigin]}）`,
    ...extraction.notices.flatMap((notice) => ['', ...summarizeNotice(notice)]),
  ];
  if (extraction.findings.length > 0) {
    lines.push('', `疑点（${extraction.findings.length}）`);
    for (const finding of extraction.findings) {
      lines.push(`  ${severityWords[finding.severity]}  ${finding.message}${place(finding.evidence)}`);
    }
  }
  if (extraction.diagnostics.length > 0) {
    lines.push('', `阅读情况（${extraction.diagnostics.length}）`);
    for (const diagnostic of extraction.diagnostics) {
      const page = diagnostic.page === null ? '' : `第 ${diagnostic.page} 页：`;
      lines.push(`  ${severityWords[diagnostic.severity]}  ${page}${diagnostic.message}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function summarizeNotice(notice: Notice): readonly string[] {
  const lines = [`公文 ${notice.id}${notice.forwards === undefined ? '' : `（转发 ${notice.forwards}）`}`];
  const add = (label: string, value: string | null | undefined, evidence: readonly Evidence[] = []) => {
    if (value !== null && value !== undefined && value !== '') {
      lines.push(`  ${label.padEnd(6, '　')}${value}${place(evidence)}`);
    }
  };
  const addAll = (label: string, values: readonly SourcedString[]) =>
    add(label, values.map((value) => value.value).join('、'), values.flatMap((value) => value.evidence).slice(0, 1));
  const addOne = (label: string, fact: SourcedString | null) => add(label, fact?.value, fact?.evidence);

  addOne('标题', notice.title);
  addOne('发文字号', notice.documentNumber);
  add('文种', notice.documentType);
  addOne('发文机关', notice.issuingBody);
  addAll('联合行文', notice.jointIssuers);
  add('层级', notice.administrativeLevel && levelWords[notice.administrativeLevel]);
  add('行政区划', notice.region && `${notice.region.name}（${notice.region.code}）`);
  addOne('份号', notice.copyNumber);
  addOne('密级', notice.securityLevel);
  addOne('紧急程度', notice.urgency);
  addOne('签发人', notice.signer);
  addAll('主送机关', notice.mainRecipients);
  addOne('成文日期', notice.issueDate);
  addOne('公开属性', notice.disclosure);
  addAll('抄送机关', notice.copyRecipients);
  if (notice.campaign !== null) {
    const { name, startDate, endDate, evidence } = notice.campaign;
    add('专项行动', `${name}${startDate || endDate ? `（${startDate ?? '?'} 至 ${endDate ?? '?'}）` : ''}`, evidence);
  }

  const list = <T extends { readonly evidence: readonly Evidence[] }>(
    heading: string,
    items: readonly T[],
    toText: (item: T) => string,
  ) => {
    if (items.length === 0) return;
    lines.push(`  ${heading}（${items.length}）`);
    for (const [index, item] of items.entries()) lines.push(`    ${index + 1}. ${toText(item)}${place(item.evidence)}`);
  };
  const describeItem = ({ action, subject, text }: FocusItem) => [action, subject, text].filter(Boolean).join('｜');
  list('检查重点', notice.focusItems, describeItem);
  list('管理要求', notice.duties ?? [], describeItem);
  list('时限要求', notice.deadlines, describeDeadline);
  list('量化目标', notice.targets, (target) => target.text);
  list('联系方式', notice.contacts, (contact) =>
    [contact.unit, contact.name, ...contact.phones, ...contact.emails, contact.fax && `传真 ${contact.fax}`]
      .filter(Boolean)
      .join('  '),
  );
  list('引用文件', notice.citedDocuments, (cited) =>
    [cited.title && `《${cited.title}》`, cited.documentNumber].filter(Boolean).join(' '),
  );
  list('附件', notice.attachments, (attachment) => {
    const tables = attachment.tables.map((table) => `${table.rowCount}×${table.columnCount} 表`).join('、');
    return `${attachment.title}${attachment.present ? '' : '（本文件中没有）'}${tables && `（${tables}）`}`;
  });
  return lines;
}

/** One deadline in a line: when, who, what, to whom. */
export function describeDeadline(deadline: Deadline): string {
  const time = deadline.time === null ? '' : ` ${deadline.time}`;
  const who = deadline.responsible === null ? '' : `${deadline.responsible} `;
  const whom = deadline.recipient === null ? '' : ` → ${deadline.recipient}`;
  return `${dueWords(deadline.due)}${time}  ${who}${deadline.task}${whom}`;
}

function place(evidence: readonly Evidence[]): string {
  const first = evidence[0];
  if (first === undefined) return '';
  // What goes on over several lines is one quotation; other places that say the same are left out.
  let end = first.end;
  let text = first.quote;
  for (const next of evidence.slice(1)) {
    if (next.start < end || next.start > end + 2) break;
    text += next.quote;
    end = next.end;
  }
  const quote = [...text.replace(/\s+/g, ' ')];
  const shown = quote.length > 40 ? `${quote.slice(0, 40).join('')}…` : quote.join('');
  return `   ［第 ${first.page} 页，${first.start}–${end}：“${shown}”］`;
}
