import type { Correction } from '../../../models/api/library.ts';
import type { Box, DoubtfulLine, Evidence, Extraction, Notice, Section, SourcedString } from '../../../models/index.ts';
import { levelWords } from '../words.ts';

export const factTabs = [
  ['overview', '概要'],
  ['focus', '检查重点'],
  ['duties', '管理要求'],
  ['deadlines', '时限'],
  ['targets', '目标'],
  ['contacts', '联系人'],
  ['citations', '引用'],
  ['attachments', '附件与表格'],
  ['sections', '层次'],
  ['findings', '疑点'],
  ['readings', '识别'],
] as const;
export type FactTab = (typeof factTabs)[number][0];

/** A part of a notice as the model names it; what people correct. */
export type Field = Correction['field'];

/** A fact and where it stands. `key` is its address on the page. */
export interface PlacedFact {
  readonly key: string;
  readonly tab: FactTab;
  readonly name: string;
  readonly evidence: readonly Evidence[];
  /** Marked in the document only while it is chosen: it covers too much. */
  readonly quiet?: boolean;
}

export interface OverviewRow {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly evidence: readonly Evidence[];
  readonly field: Field;
  /** Of a list, the item. */
  readonly index: number | null;
  readonly item: unknown;
}

/** The names of the elements of a notice (公文格式要素), in their printed order. */
export const elementNames = {
  copyNumber: '份号',
  securityLevel: '密级和保密期限',
  urgency: '紧急程度',
  documentNumber: '发文字号',
  signer: '签发人',
  title: '标题',
  documentType: '文种',
  issuingBody: '发文机关',
  jointIssuers: '联合行文',
  administrativeLevel: '层级',
  region: '行政区划',
  mainRecipients: '主送机关',
  signatory: '发文机关署名',
  issueDate: '成文日期',
  campaign: '专项行动',
  disclosure: '公开属性',
  copyRecipients: '抄送机关',
  printingInfo: '印发',
} as const satisfies Partial<Record<Field, string>>;
export type Element = keyof typeof elementNames;

/** The rows of the overview: the elements of GB/T 9704-2012 that the notice has, in their printed order. */
export function overviewRows(notice: Notice): readonly OverviewRow[] {
  const rows: OverviewRow[] = [];
  const add = (
    field: Element,
    value: string | null | undefined,
    item: unknown,
    evidence: readonly Evidence[] = [],
    index: number | null = null,
    label: string = elementNames[field],
  ) => {
    if (value) rows.push({ key: `overview-${rows.length}`, label, value, evidence, field, index, item });
  };
  const addOne = (field: Element, fact: SourcedString | null, index: number | null = null) =>
    add(field, fact?.value, fact, fact?.evidence, index);
  addOne('copyNumber', notice.copyNumber);
  addOne('securityLevel', notice.securityLevel);
  addOne('urgency', notice.urgency);
  addOne('documentNumber', notice.documentNumber);
  addOne('signer', notice.signer);
  addOne('title', notice.title);
  add('documentType', notice.documentType, notice.documentType);
  addOne('issuingBody', notice.issuingBody);
  for (const [index, body] of notice.jointIssuers.entries()) addOne('jointIssuers', body, index);
  const { administrativeLevel: level, region } = notice;
  add('administrativeLevel', level && levelWords[level], level);
  add('region', region && `${region.name}（${region.code}）`, region);
  for (const [index, body] of notice.mainRecipients.entries()) addOne('mainRecipients', body, index);
  addOne('signatory', notice.signatory);
  addOne('issueDate', notice.issueDate);
  if (notice.campaign !== null) {
    const { name, startDate, endDate, phases, evidence } = notice.campaign;
    const span = startDate || endDate ? `（${startDate ?? '未写明'} 至 ${endDate ?? '未写明'}）` : '';
    add('campaign', `${name}${span}`, notice.campaign, evidence);
    for (const phase of phases) {
      const time = phase.start || phase.end ? `（${phase.start ?? '未写明'} 至 ${phase.end ?? '未写明'}）` : '';
      add('campaign', `${phase.name}${time}`, null, phase.evidence, null, '阶段');
    }
  }
  addOne('disclosure', notice.disclosure);
  for (const [index, body] of notice.copyRecipients.entries()) addOne('copyRecipients', body, index);
  if (notice.printingInfo !== null) {
    const { body, date, evidence } = notice.printingInfo;
    add('printingInfo', [body, date].filter(Boolean).join('　'), notice.printingInfo, evidence);
  }
  return rows;
}

/** The elements that a notice does not have, or that were not read. */
export function missingElements(notice: Notice): readonly Element[] {
  return (Object.keys(elementNames) as Element[]).filter((field) => {
    const value: unknown = notice[field];
    return value === null || Array.isArray(value);
  });
}

/** Every fact of a notice with its place, the findings of the file, and the lines that were not read well. */
export function placedFacts(
  extraction: Extraction,
  notice: Notice,
  doubtful: readonly DoubtfulLine[] = [],
): readonly PlacedFact[] {
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
    quiet = false,
  ) => {
    for (const [index, item] of items.entries()) {
      facts.push({ key: `${tab}-${index}`, tab, name: nameOf(item), evidence: item.evidence, quiet });
    }
  };
  addAll('focus', notice.focusItems, (item) => item.text);
  addAll('duties', notice.duties ?? [], (duty) => duty.text);
  addAll('deadlines', notice.deadlines, (deadline) => deadline.task);
  addAll('targets', notice.targets, (target) => target.text);
  addAll('contacts', notice.contacts, (contact) => contact.name ?? contact.unit ?? '联系方式');
  addAll('citations', notice.citedDocuments, (cited) => cited.title ?? cited.documentNumber ?? '引用文件');
  addAll('attachments', notice.attachments, (attachment) => attachment.title);
  addAll('sections', flatSections(notice.sections), (section) => section.title ?? section.number ?? '层次', true);
  addAll('findings', extraction.findings, (finding) => finding.message);
  addAll('readings', doubtful.map(toPlaced), (line) => line.evidence[0]?.quote ?? '', true);
  return facts;
}

function toPlaced({ page, box, text, confidence }: DoubtfulLine): { readonly evidence: readonly Evidence[] } {
  return { evidence: [{ page, start: 0, end: 0, quote: text, boxes: [box], confidence }] };
}

/** Sections with those beneath them, in the order of the text. */
export function flatSections(sections: readonly Section[]): readonly Section[] {
  return sections.flatMap((section) => [section, ...flatSections(section.children)]);
}

/** How sure the least sure place of a fact is; null where it has none. */
export function confidenceOf(evidence: readonly Evidence[]): number | null {
  return evidence.length === 0 ? null : Math.min(...evidence.map((one) => one.confidence));
}

/** The lines that a fact stands in and that were read in two ways. */
export function otherReadings(
  evidence: readonly Evidence[],
  doubtful: readonly DoubtfulLine[],
): readonly DoubtfulLine[] {
  if (doubtful.length === 0) return [];
  return doubtful.filter(
    (line) =>
      line.alternative !== null &&
      evidence.some((one) => one.page === line.page && one.boxes?.some((box) => overlap(box, line.box))),
  );
}

function overlap(a: Box, b: Box): boolean {
  // Lines touch each other: more than a sliver must be common.
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return a[0] < b[2] && b[0] < a[2] && height > 0.4 * Math.min(a[3] - a[1], b[3] - b[1]);
}

/** The fact that stands most narrowly around a range of the text. */
export function factAt(facts: readonly PlacedFact[], start: number, end: number): PlacedFact | undefined {
  let best: PlacedFact | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const fact of facts) {
    for (const one of fact.evidence) {
      if (one.end <= start || one.start >= end) continue;
      const outside = Math.abs(one.start - start) + Math.abs(one.end - end);
      if (outside < least) [best, least] = [fact, outside];
    }
  }
  return best;
}
