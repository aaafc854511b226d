import { findingsOf } from '../../extractors/factFindings.ts';
import type { Correction, CorrectionMark } from '../../models/api/library.ts';
import { type Evidence, type Extraction, Notice } from '../../models/index.ts';

export interface CorrectedNotice {
  readonly notice: Notice;
  readonly marks: readonly CorrectionMark[];
}

/** An extraction as people say it should be, with the findings that follow from that. What was read does not change; see `correctNotice`. */
export function correctExtraction(extraction: Extraction, corrections: readonly Correction[]): Extraction {
  if (corrections.every((one) => one.withdrawnAt !== null)) return extraction;
  const notices = extraction.notices.map((notice) => correctNotice(extraction.text, notice, corrections).notice);
  return { ...extraction, notices, findings: findingsOf(extraction, notices) };
}

/**
 * Puts the corrections that hold into a notice, in the order they were made, and tells where they show. A correction
 * finds its item by the words it stands in and by what stood there, not by its place in the list: so it finds it again
 * after the file was read anew. One whose item is no longer there still holds, as an item of its own; one that no longer
 * has the shape of its field is left out. Evidence that is not given stays that of what was read.
 */
export function correctNotice(text: string, read: Notice, corrections: readonly Correction[]): CorrectedNotice {
  let notice = read;
  const marks: CorrectionMark[] = [];
  const own = corrections.filter((one) => one.noticeId === read.id && one.withdrawnAt === null);
  for (const [field, ofField] of byField(own)) {
    const before = read[field];
    const result = Array.isArray(before) ? correctList(text, before, ofField) : correctOne(text, before, ofField);
    const parsed = Notice.unwrap().shape[field].safeParse(result.value);
    if (!parsed.success) continue;
    notice = { ...notice, [field]: parsed.data };
    marks.push(...result.marks);
  }
  return { notice, marks };
}

type Field = Correction['field'];
type Json = Correction['value'];
interface Result {
  readonly value: unknown;
  readonly marks: readonly CorrectionMark[];
}

function byField(corrections: readonly Correction[]): ReadonlyMap<Field, readonly Correction[]> {
  const fields = new Map<Field, Correction[]>();
  for (const one of corrections) fields.set(one.field, [...(fields.get(one.field) ?? []), one]);
  return fields;
}

function correctOne(text: string, read: unknown, corrections: readonly Correction[]): Result {
  const last = corrections.at(-1);
  if (last === undefined) return { value: read, marks: [] };
  const mark = {
    field: last.field,
    index: null,
    removed: last.value === null,
    correctionIds: corrections.map((one) => one.correctionId),
    read: toJson(read),
  };
  return { value: completed(text, last, read), marks: [mark] };
}

/** An item on its way through the corrections. */
interface Entry {
  readonly item: unknown;
  /** As it was read; null: somebody added it. */
  readonly read: Json;
  readonly correctionIds: readonly number[];
}

function correctList(text: string, read: readonly unknown[], corrections: readonly Correction[]): Result {
  let entries: readonly Entry[] = read.map((item) => ({ item, read: toJson(item), correctionIds: [] }));
  const gone: Entry[] = [];
  const whole: number[] = [];
  for (const one of corrections) {
    const { correctionId, value } = one;
    if (Array.isArray(value) || isWhole(one)) {
      whole.push(correctionId);
      entries = (Array.isArray(value) ? value : []).map((item) => ({
        item: completed(text, { ...one, value: item }, null),
        read: null,
        correctionIds: [correctionId],
      }));
      continue;
    }
    const at = placeOf(one, entries);
    const found = entries[at];
    const next: Entry = {
      item: value === null ? found?.item : completed(text, one, found?.item ?? null),
      read: found?.read ?? null,
      correctionIds: [...(found?.correctionIds ?? []), correctionId],
    };
    if (found === undefined) entries = value === null ? entries : [...entries, next];
    else if (value === null) {
      entries = entries.toSpliced(at, 1);
      gone.push(next);
    } else entries = entries.with(at, next);
  }
  const [first] = corrections;
  if (first === undefined) return { value: read, marks: [] };
  const { field } = first;
  const marks: CorrectionMark[] = [];
  if (whole.length > 0) {
    marks.push({ field, index: null, removed: entries.length === 0, correctionIds: whole, read: toJson(read) });
  }
  for (const [index, { correctionIds, read: was }] of entries.entries()) {
    if (correctionIds.length > 0) marks.push({ field, index, removed: false, correctionIds, read: was });
  }
  for (const { correctionIds, read: was } of gone) {
    marks.push({ field, index: null, removed: true, correctionIds, read: was });
  }
  return { value: entries.map((entry) => entry.item), marks };
}

/** A correction that says of a list that nothing of it is there. */
function isWhole({ value, quote, before }: Correction): boolean {
  return value === null && quote === null && before === null;
}

/** The item that a correction speaks of; -1: none of those that are there. */
function placeOf({ quote, before, value }: Correction, entries: readonly Entry[]): number {
  // Somebody added what is read by now.
  if (quote === null && before === null)
    return entries.findIndex((entry) => contentOf(entry.item) === contentOf(value));
  const wanted = before === null ? null : contentOf(before);
  const bySame = entries.findIndex((entry) => contentOf(entry.item) === wanted && isIn(quote, entry.item));
  if (bySame >= 0) return bySame;
  const byWords = quote === null ? -1 : entries.findIndex((entry) => isIn(quote, entry.item));
  return byWords >= 0 || wanted === null ? byWords : entries.findIndex((entry) => contentOf(entry.item) === wanted);
}

function isIn(quote: string | null, item: unknown): boolean {
  if (quote === null) return true;
  const words = fold(quote);
  return evidenceOf(item).some((one) => fold(one.quote) === words);
}

const fold = (words: string): string => words.normalize('NFKC').replace(/\s+/g, '');

/** What an item says, without where it stands and what it is called. */
function contentOf(item: unknown): string {
  if (!isRecord(item)) return JSON.stringify(item);
  const { evidence: _evidence, id: _id, tables: _tables, ...said } = item;
  return JSON.stringify(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A corrected value with what people do not give: evidence, the id of an item, the tables of an attachment. */
function completed(text: string, { value, correctionId, field }: Correction, read: unknown): unknown {
  if (!isRecord(value)) return value;
  const given = 'evidence' in value ? evidenceOf(value).flatMap((one) => relocated(text, one)) : [];
  const evidence = given.length > 0 ? given : evidenceOf(read);
  const known = field === 'focusItems' ? { id: `c${correctionId}` } : field === 'attachments' ? { tables: [] } : {};
  const kept = isRecord(read)
    ? Object.fromEntries(Object.keys(known).flatMap((key) => (key in read ? [[key, read[key]]] : [])))
    : {};
  return { ...known, ...value, ...kept, evidence };
}

/** The same words in a text that may have changed: at their place, or nearest to it, or nowhere. */
function relocated(text: string, evidence: Evidence): readonly Evidence[] {
  const { start, end, quote } = evidence;
  if (quote === '') return [];
  if (text.slice(start, end) === quote) return [evidence];
  const before = text.lastIndexOf(quote, start);
  const after = text.indexOf(quote, start);
  const at = before < 0 || (after >= 0 && after - start < start - before) ? after : before;
  if (at < 0) return [];
  // Where it lies on the page is not known any more.
  const { boxes: _boxes, ...rest } = evidence;
  return [{ ...rest, start: at, end: at + quote.length }];
}

function evidenceOf(item: unknown): readonly Evidence[] {
  return isRecord(item) && Array.isArray(item.evidence) ? (item.evidence as readonly Evidence[]) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Facts are JSON-safe data; their types do not say so. */
function toJson(value: unknown): Json {
  return (value ?? null) as Json;
}
