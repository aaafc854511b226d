import type { Evidence, Extraction, Notice, SourcedString } from '../../../models/index.ts';
import { levelWords } from '../words.ts';

export const factTabs = [
  ['overview', '概要'],
  ['focus', '检查重点'],
  ['deadlines', '时限'],
  ['targets', '目标'],
  ['contacts', '联系人'],
  ['citations', '引用'],
  ['attachments', '附件与表格'],
  ['sections', '层次'],
  ['findings', '疑点'],
] as const;
export type FactTab = (typeof factTabs)[number][0];

/** A fact and where it stands. `key` is its address on the page. */
export interface PlacedFact {
  readonly key: string;
  readonly tab: FactTab;
  readonly name: string;
  readonly evidence: readonly Evidence[];
}

export interface OverviewRow {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly evidence: readonly Evidence[];
}

/** The rows of the overview: the elements of GB/T 9704-2012 that the notice has, in their printed order. */
export function overviewRows(notice: Notice): readonly OverviewRow[] {
  const rows: OverviewRow[] = [];
  const add = (label: string, value: string | null | undefined, evidence: readonly Evidence[] = []) => {
    if (value) rows.push({ key: `overview-${rows.length}`, label, value, evidence });
  };
  const addOne = (label: string, fact: SourcedString | null) => add(label, fact?.value, fact?.evidence);
  addOne('份号', notice.copyNumber);
  addOne('密级和保密期限', notice.securityLevel);
  addOne('紧急程度', notice.urgency);
  addOne('发文字号', notice.documentNumber);
  addOne('签发人', notice.signer);
  addOne('标题', notice.title);
  add('文种', notice.documentType);
  addOne('发文机关', notice.issuingBody);
  for (const body of notice.jointIssuers) addOne('联合行文', body);
  add('层级', notice.administrativeLevel && levelWords[notice.administrativeLevel]);
  add('行政区划', notice.region && `${notice.region.name}（${notice.region.code}）`);
  for (const body of notice.mainRecipients) addOne('主送机关', body);
  addOne('发文机关署名', notice.signatory);
  addOne('成文日期', notice.issueDate);
  if (notice.campaign !== null) {
    const { name, startDate, endDate, phases, evidence } = notice.campaign;
    const span = startDate || endDate ? `（${startDate ?? '未写明'} 至 ${endDate ?? '未写明'}）` : '';
    add('专项行动', `${name}${span}`, evidence);
    for (const phase of phases) {
      const time = phase.start || phase.end ? `（${phase.start ?? '未写明'} 至 ${phase.end ?? '未写明'}）` : '';
      add('阶段', `${phase.name}${time}`, phase.evidence);
    }
  }
  addOne('公开属性', notice.disclosure);
  for (const body of notice.copyRecipients) addOne('抄送机关', body);
  if (notice.printingInfo !== null) {
    const { body, date, evidence } = notice.printingInfo;
    add('印发', [body, date].filter(Boolean).join('　'), evidence);
  }
  return rows;
}

/** Every fact of a notice with its place, and the findings of the file. */
export function placedFacts(extraction: Extraction, notice: Notice): readonly PlacedFact[] {
  const facts: PlacedFact[] = overviewRows(notice).map(({ key, label, value, evidence }) => ({
    key,
    tab: 'overview',
    name: `${label}：${value}`,
    evidence,
  }));
  const addAll = <T extends { readonly evidence: readonly Evidence[] }>(
    tab: FactTab,
    items: readonly T[],
    nameOf: (item: T) => string,
  ) => {
    for (const [index, item] of items.entries()) {
      facts.push({ key: `${tab}-${index}`, tab, name: nameOf(item), evidence: item.evidence });
    }
  };
  addAll('focus', notice.focusItems, (item) => item.text);
  addAll('deadlines', notice.deadlines, (deadline) => deadline.task);
  addAll('targets', notice.targets, (target) => target.text);
  addAll('contacts', notice.contacts, (contact) => contact.name ?? contact.unit ?? '联系方式');
  addAll('citations', notice.citedDocuments, (cited) => cited.title ?? cited.documentNumber ?? '引用文件');
  addAll('attachments', notice.attachments, (attachment) => attachment.title);
  addAll('findings', extraction.findings, (finding) => finding.message);
  return facts;
}

/** How sure the least sure place of a fact is; null where it has none. */
export function confidenceOf(evidence: readonly Evidence[]): number | null {
  return evidence.length === 0 ? null : Math.min(...evidence.map((one) => one.confidence));
}
