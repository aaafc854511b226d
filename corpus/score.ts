import { type Evidence, type Extraction, emptyNotice, type Notice, type Section } from '../models/index.ts';
import type { Gold, GoldNotice } from './gold.ts';
import { fold, foldItem, isReading, readingsOf, similarity } from './matching.ts';
import { scoreDeadlines } from './scoreDeadlines.ts';
import {
  type Counts,
  count,
  countCheck,
  countList,
  countStrings,
  countValue,
  type Miss,
  miss,
  newSheet,
  type ScoreSheet,
} from './scoreSheet.ts';
import { scoreTables } from './scoreTables.ts';

export interface FieldScore {
  readonly field: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How often the field is labelled. */
  readonly n: number;
}

export interface ScoreReport {
  /** Mean of F1 over `fields`, each with the same weight. */
  readonly mean: number;
  readonly fields: readonly FieldScore[];
  /** Fields that our gold labels beyond the shared ones; not in the mean. */
  readonly further: readonly FieldScore[];
  readonly misses: readonly Miss[];
}

/** Fields that are reported beside the mean. */
export const furtherFields: ReadonlySet<string> = new Set([
  'forwards',
  'copyNumber',
  'securityLevel',
  'urgency',
  'signer',
  'signatory',
  'copyRecipients',
  'deadlines.time',
  'relativeDeadlines',
]);

/** What stands in for a notice that was not found. */
const absentNotice: Notice = { ...emptyNotice, id: '' };

/** Scores what was read from one file. `extraction` is null, with the reason, where nothing was. */
export function scoreExtraction(
  gold: Gold,
  extraction: Pick<Extraction, 'text' | 'notices' | 'findings'> | { readonly failed: string },
): ScoreSheet {
  const sheet = newSheet(gold.file);
  if ('failed' in extraction) miss(sheet, 'extract', `no result: ${extraction.failed}`);
  const read = 'failed' in extraction ? { text: '', notices: [], findings: [] } : extraction;
  countValue(sheet, 'notices', String(gold.notices.length), String(read.notices.length));
  gold.notices.forEach((notice, i) => {
    scoreNotice(sheet, notice, read.notices[i] ?? absentNotice);
    if (notice.forwards !== undefined) {
      const forwarded = read.notices[notice.forwards];
      countValue(sheet, 'forwards', forwarded?.id ?? `n${notice.forwards + 1}`, read.notices[i]?.forwards);
    }
  });
  countStrings(sheet, 'findings', gold.findings, distinct(read.findings.map((finding) => finding.code)), false);
  scoreEvidence(sheet, read.text, read.notices);
  return sheet;
}

/** Adds up the sheets of many files. */
export function summarizeScores(sheets: readonly ScoreSheet[]): ScoreReport {
  const totals = new Map<string, Counts>();
  for (const [field, { tp, fp, fn }] of sheets.flatMap((sheet) => [...sheet.counts])) {
    const before = totals.get(field) ?? { tp: 0, fp: 0, fn: 0 };
    totals.set(field, { tp: before.tp + tp, fp: before.fp + fp, fn: before.fn + fn });
  }
  const all = [...totals].map(([field, counts]) => fieldScore(field, counts));
  const fields = all.filter(({ field }) => !furtherFields.has(field));
  return {
    mean: fields.reduce((sum, { f1 }) => sum + f1, 0) / (fields.length || 1),
    fields,
    further: all.filter(({ field }) => furtherFields.has(field)),
    misses: sheets.flatMap((sheet) => sheet.misses),
  };
}

function fieldScore(field: string, { tp, fp, fn }: Counts): FieldScore {
  const precision = tp + fp ? tp / (tp + fp) : 1;
  const recall = tp + fn ? tp / (tp + fn) : 1;
  const f1 = precision + recall ? (2 * precision * recall) / (precision + recall) : 0;
  return { field, precision, recall, f1, n: tp + fn };
}

function scoreNotice(sheet: ScoreSheet, gold: GoldNotice, notice: Notice): void {
  scoreHeader(sheet, gold, notice);
  const numbers = notice.citedDocuments.flatMap((cited) => cited.documentNumber || []);
  countStrings(sheet, 'citedNumbers', gold.citedNumbers, distinct(numbers), true);
  const laws = notice.citedDocuments.flatMap((cited) => cited.title || []);
  countStrings(sheet, 'citedLaws', gold.citedLaws, distinct(laws), false);
  scoreCampaign(sheet, gold, notice);
  scoreDeadlines(sheet, gold, notice);
  scoreContacts(sheet, gold, notice);
  countList(sheet, 'targets', gold.targets, notice.targets, {
    score: (g, r) =>
      g.value === r.value && fold(g.unit) === fold(r.unit) ? 0.5 + similarity(g.metric, r.metric ?? r.text) : 0,
    threshold: 0.5,
    complete: false,
    showGold: (g) => `${g.metric} ${g.value}${g.unit}`,
    showRead: (r) => r.text,
  });
  const titles = notice.attachments.map((attachment) => attachment.title);
  countStrings(sheet, 'attachments', gold.attachments, titles, true, similarity, 0.9);
  scoreSections(sheet, gold, notice);
  scoreFocusItems(sheet, gold, notice);
  scoreTables(sheet, gold, notice);
}

function scoreHeader(sheet: ScoreSheet, gold: GoldNotice, notice: Notice): void {
  const values = (list: readonly { readonly value: string }[]) => list.map(({ value }) => value);
  countValue(sheet, 'documentType', gold.documentType, notice.documentType);
  countValue(sheet, 'documentNumber', gold.documentNumber, notice.documentNumber?.value);
  countValue(sheet, 'issuingBody', gold.issuingBody, notice.issuingBody?.value);
  countStrings(sheet, 'jointIssuers', gold.jointIssuers, values(notice.jointIssuers), true);
  countValue(sheet, 'administrativeLevel', gold.administrativeLevel, notice.administrativeLevel);
  countValue(sheet, 'region', gold.region, notice.region?.code);
  countValue(sheet, 'title', gold.title, notice.title?.value);
  countValue(sheet, 'issueDate', gold.issueDate, notice.issueDate?.value);
  countValue(sheet, 'disclosure', gold.disclosure, notice.disclosure?.value);
  if (gold.printingInfo) {
    countValue(sheet, 'printingInfo', gold.printingInfo.body, notice.printingInfo?.body);
    countValue(sheet, 'printingInfo', gold.printingInfo.date, notice.printingInfo?.date);
  }
  // Who is addressed, however the list is cut.
  const bare = (list: readonly string[]) => list.join('').replace(/[、，,；;：:\s]/g, '');
  if (gold.mainRecipients) {
    const read = bare(values(notice.mainRecipients)) || null;
    countValue(sheet, 'mainRecipients', bare(gold.mainRecipients), read);
  }
  for (const field of ['copyNumber', 'securityLevel', 'urgency', 'signer', 'signatory'] as const) {
    countValue(sheet, field, gold[field], notice[field]?.value);
  }
  if (gold.copyRecipients) {
    countValue(sheet, 'copyRecipients', bare(gold.copyRecipients), bare(values(notice.copyRecipients)) || null);
  }
}

function scoreCampaign(sheet: ScoreSheet, gold: GoldNotice, notice: Notice): void {
  if (!gold.campaign) return;
  countValue(sheet, 'campaign.name', gold.campaign.name, notice.campaign?.name);
  countValue(sheet, 'campaign.startDate', gold.campaign.startDate, notice.campaign?.startDate);
  countValue(sheet, 'campaign.endDate', gold.campaign.endDate, notice.campaign?.endDate);
  countList(sheet, 'campaign.phases', gold.campaign.phases, notice.campaign?.phases ?? [], {
    // Gold that gives only the month accepts any day of it.
    score: (g, r) =>
      fold(g.name) === fold(r.name) && (r.start ?? '').startsWith(g.start) && (r.end ?? '').startsWith(g.end) ? 1 : 0,
    threshold: 1,
    complete: true,
    showGold: (g) => `${g.name} ${g.start} ${g.end}`,
    showRead: (r) => `${r.name} ${r.start} ${r.end}`,
  });
}

function scoreContacts(sheet: ScoreSheet, gold: GoldNotice, notice: Notice): void {
  const holds = (wanted: readonly string[], read: readonly string[]) =>
    wanted.every((one) => read.map(fold).includes(fold(one)));
  const matched = countList(sheet, 'contacts', gold.contacts, notice.contacts, {
    score: (g, r) => (fold(g.name) === fold(r.name) && holds(g.phones, r.phones) && holds(g.emails, r.emails) ? 1 : 0),
    threshold: 1,
    complete: true,
    showGold: (g) => JSON.stringify(g),
    showRead: (r) => [r.name, ...r.phones, ...r.emails].join(' '),
  });
  for (const [i, j] of matched) {
    countValue(sheet, 'contacts.unit', gold.contacts?.[i]?.unit, notice.contacts[j]?.unit);
  }
}

/** A section as the path of its numbers and the beginning of its text. */
interface PlacedSection {
  readonly path: string;
  readonly text: string;
  readonly responsible: readonly string[];
}

const bareNumber = (number: string) => fold(number).replace(/[、.()]/g, '');

function placeSections(sections: readonly Section[], above: readonly string[] = []): PlacedSection[] {
  return sections.flatMap((section) => {
    const number = bareNumber(section.number ?? '');
    const text = fold(section.title ?? section.text.slice(0, 40));
    return [
      { path: [...above, number].join('/'), text, responsible: section.responsible },
      ...placeSections(section.children, number ? [...above, number] : above),
    ];
  });
}

function placeGoldSection(gold: string): { readonly path: string; readonly text: string } {
  const above = gold.split('/');
  const last = above.pop() ?? '';
  const parts = /^[（(]?([一二三四五六七八九十\d]+)[)）]?[、.．]?(.*)$/.exec(last);
  if (!parts) throw new Error(`Gold names a section without a number: ${gold}`);
  return { path: [...above.map(bareNumber), parts[1]].join('/'), text: fold(parts[2]) };
}

function scoreSections(sheet: ScoreSheet, gold: GoldNotice, notice: Notice): void {
  const placed = placeSections(notice.sections);
  countList(sheet, 'sections', gold.sections?.map(placeGoldSection), placed, {
    score: (g, r) =>
      g.path === r.path && g.text && r.text && (r.text.startsWith(g.text) || g.text.startsWith(r.text)) ? 1 : 0,
    threshold: 1,
    complete: false,
    showGold: (g) => `${g.path} ${g.text}`,
    showRead: (r) => `${r.path} ${r.text}`,
  });
  for (const { section, units } of gold.responsible ?? []) {
    const found = placed.find(({ path, text }) => `${path} ${text}`.includes(fold(section)));
    const read = (found?.responsible ?? []).map(fold);
    const good = units.filter((unit) => read.includes(fold(unit))).length;
    count(sheet, 'responsible', good, Math.max(0, read.length - good), units.length - good);
    if (good < units.length) miss(sheet, 'responsible', `want ${units} · got ${read}`);
  }
}

function scoreFocusItems(sheet: ScoreSheet, gold: GoldNotice, notice: Notice): void {
  const matched = countList(sheet, 'focusItems', gold.focusItems, notice.focusItems, {
    score: (g, r) => {
      const alike = similarity(foldItem(g.text), foldItem(r.text));
      if (alike < 0.75) return 0;
      const subject = g.subject && fold(r.subject).includes(fold(g.subject)) ? 0.2 : 0;
      return alike + subject + (g.action && isReading(g.action, r.action) ? 0.1 : 0);
    },
    threshold: 0.75,
    complete: gold.focusItemsComplete === true,
    showGold: (g) => `${g.subject ?? ''}:${g.action ?? ''}:${g.text}`,
    showRead: (r) => `${r.subject ?? ''}:${r.action ?? ''}:${r.text}`,
  });
  for (const [i, j] of matched) {
    for (const field of ['subject', 'action'] as const) {
      const wanted = gold.focusItems?.[i]?.[field];
      if (!wanted) continue;
      const item = notice.focusItems[j]!;
      const good = readingsOf(wanted).some((reading) => fold(item[field]).includes(fold(reading)));
      const what = `${item.text}: want ${wanted} · got ${item[field] ?? 'nothing'}`;
      countCheck(sheet, `focusItems.${field}`, good, false, what);
    }
  }
}

/** Every quote must stand at its offsets. */
function scoreEvidence(sheet: ScoreSheet, text: string, notices: readonly Notice[]): void {
  const all = evidenceIn(notices);
  const broken = all.filter(({ start, end, quote, page }) => text.slice(start, end) !== quote || !(page >= 1)).length;
  count(sheet, 'evidence', all.length - broken, broken, 0);
  if (broken || (notices.length && !all.length)) {
    miss(sheet, 'evidence', `${broken} of ${all.length} quotes do not stand at their offsets`);
  }
}

function evidenceIn(value: unknown): Evidence[] {
  if (Array.isArray(value)) return value.flatMap(evidenceIn);
  if (value === null || typeof value !== 'object') return [];
  const own = 'quote' in value && typeof value.quote === 'string' && 'start' in value ? [value as Evidence] : [];
  return [...own, ...Object.values(value).flatMap(evidenceIn)];
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
