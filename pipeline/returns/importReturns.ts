import {
  type CollectState,
  type EntryValue,
  entryCells,
  type FormModel,
  type FormReturn,
  foldLabel,
  type ImportRecord,
  type Period,
  type RejectedReturn,
  type ReportingUnit,
  type ReturnIssue,
  type ReturnIssueCode,
  type ReturnResult,
  type StoredReturn,
} from '../../models/index.ts';
import { issueOf } from './issue.ts';
import { previousStored } from './previousStored.ts';

/** A file that was read, and when it arrived (ISO 8601). */
export interface ReceivedReturn {
  readonly result: ReturnResult;
  readonly receivedAt: string;
}

/** What became of one sheet of a file. */
export interface ImportedSheet {
  readonly sheet: string;
  readonly formHash: string | null;
  readonly unit: string | null;
  readonly period: Period | null;
  /** Why it was turned back; empty: it was taken. */
  readonly codes: readonly string[];
}

/** What became of one file. */
export interface ImportedFile {
  readonly fileName: string;
  readonly sha256: string;
  /** unchanged: it had been imported before. */
  readonly outcome: 'taken' | 'unchanged';
  /** Its index in `CollectState.imports`. */
  readonly import: number;
  readonly sheets: readonly ImportedSheet[];
  readonly issues: readonly ReturnIssue[];
}

export interface Imported {
  readonly state: CollectState;
  /** In the order of their arrival. */
  readonly files: readonly ImportedFile[];
  readonly taken: readonly string[];
  readonly unchanged: readonly string[];
  readonly issues: readonly ReturnIssue[];
}

/** Faults that leave open who reports, for when, or on what: the whole return is turned back. */
const rejecting: ReadonlySet<ReturnIssueCode> = new Set([
  'stale-version',
  'unit-missing',
  'unit-unknown',
  'unit-mismatch',
  'period-missing',
  'period-wrong',
  'period-mismatch',
  'form-unknown',
  'empty-return',
]);

/** 云溪市教育局（盖章） → 云溪市教育局 */
export const unitKey = (name: string) => foldLabel(name.replace(/[（(](盖章|公章|签章|章)[）)]/g, ''));

export const returnKey = (of: { readonly formHash: string; readonly unit: string; readonly period: string }) =>
  `${of.formHash}\u0000${of.period}\u0000${of.unit}`;

/**
 * Takes returns into a collection, in the order of their arrival. A file that was imported before (same bytes) changes
 * nothing, whenever it comes; another return of the same unit, form and period replaces the one before it, and every value
 * that changed is kept in its history. `period`: the one that is being collected; null takes any.
 */
export function importReturns(
  state: CollectState,
  forms: readonly FormModel[],
  received: readonly ReceivedReturn[],
  period: Period | null,
): Imported {
  const units = new Map<string, ReportingUnit>();
  for (const unit of state.units) {
    for (const name of [unit.name, ...unit.aliases]) units.set(unitKey(name), unit);
  }
  const bySha = new Map(state.imports.map((record, index) => [record.sha256, index] as const));
  const before = state.imports.length;
  const imports: ImportRecord[] = [...state.imports];
  const returns = new Map(state.returns.map((stored) => [returnKey(stored), stored] as const));
  const rejected: RejectedReturn[] = [...state.rejected];
  const files: ImportedFile[] = [];
  const formOf = new Map(forms.map((form) => [form.identity.structureHash, form]));

  const takeIn = ({ result, receivedAt }: ReceivedReturn, index: number) => {
    const { fileName } = result;
    const turnedBack: RejectedReturn[] = [];
    const found: ReturnIssue[] = [...result.issues];
    const sheets: ImportedSheet[] = [];
    for (const read of result.returns) {
      const own: ReturnIssue[] = [...read.issues];
      const form = read.formHash === null ? undefined : formOf.get(read.formHash);
      const unit = unitOf(read, units, state.units.length > 0, fileName, own);
      const of = periodOf(read, period ?? onlyPeriod(form, receivedAt), period !== null, fileName, own);
      const codes = [...new Set(own.filter((i) => i.severity === 'error' && rejecting.has(i.code)).map((i) => i.code))];
      sheets.push({ sheet: read.sheet, formHash: read.formHash, unit, period: of, codes });
      if (codes.length > 0 || unit === null || of === null || form === undefined) {
        turnedBack.push({ formHash: read.formHash, unit, period: of, import: index, codes });
      } else {
        const stored = { formHash: form.identity.structureHash, unit, period: of };
        const existing = returns.get(returnKey(stored));
        own.push(...cumulativeIssues(form, forms, read, stored, returns, fileName));
        const next = replace(existing, stored, read, index, receivedAt, imports, before, fileName, own);
        returns.set(returnKey(stored), next);
      }
      found.push(...own);
    }
    if (result.returns.length === 0) {
      turnedBack.push({ formHash: null, unit: null, period: null, import: index, codes: ['form-unknown'] });
    }
    return { turnedBack, found, sheets };
  };

  // Equal times keep the order in which the files were given.
  const inOrder = [...received].sort((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt));
  for (const one of inOrder) {
    const { result, receivedAt } = one;
    const { fileName, sha256 } = result;
    const twin = bySha.get(sha256);
    if (twin === undefined) {
      const index = imports.push({ fileName, sha256, receivedAt }) - 1;
      bySha.set(sha256, index);
      const { turnedBack, found, sheets } = takeIn(one, index);
      rejected.push(...turnedBack);
      files.push({ fileName, sha256, outcome: 'taken', import: index, sheets, issues: found });
      continue;
    }
    const known = { fileName, sha256, import: twin };
    const first = rejected.findIndex((back) => back.import === twin);
    if (twin < before && first >= 0) {
      // It was turned back; it may be acceptable now that the list of units or the period is another.
      const old = rejected.filter((back) => back.import === twin);
      const { turnedBack, found, sheets } = takeIn(one, twin);
      const same = JSON.stringify(turnedBack) === JSON.stringify(old);
      if (!same) {
        rejected.splice(0, rejected.length, ...rejected.filter((back) => back.import !== twin));
        rejected.splice(Math.min(first, rejected.length), 0, ...turnedBack);
      }
      files.push({ ...known, outcome: same ? 'unchanged' : 'taken', sheets, issues: found });
      continue;
    }
    const duplicates: ReturnIssue[] = [];
    if (twin >= before) {
      const read = result.returns[0];
      const detail = `与《${imports[twin]!.fileName}》内容相同，只计一次`;
      const cell = read?.unitCell ?? null;
      duplicates.push(issueOf(fileName, read?.sheet ?? null, cell, 'duplicate-return', 'warning', detail));
    }
    files.push({ ...known, outcome: 'unchanged', sheets: [], issues: duplicates });
  }
  const namesOf = (outcome: ImportedFile['outcome']) =>
    files.filter((file) => file.outcome === outcome).map((file) => file.fileName);
  return {
    state: { ...state, imports, returns: [...returns.values()], rejected },
    files,
    taken: namesOf('taken'),
    unchanged: namesOf('unchanged'),
    issues: files.flatMap((file) => file.issues),
  };
}

function unitOf(
  read: FormReturn,
  units: ReadonlyMap<string, ReportingUnit>,
  listed: boolean,
  fileName: string,
  issues: ReturnIssue[],
): string | null {
  if (read.unit === null) {
    if (!issues.some((issue) => issue.code === 'unit-missing')) {
      issues.push(issueOf(fileName, read.sheet, read.unitCell, 'unit-missing', 'error', '无法确定由谁填报'));
    }
    return null;
  }
  const unit = units.get(unitKey(read.unit));
  if (unit !== undefined) return unit.name;
  if (!listed) return read.unit.trim();
  issues.push(issueOf(fileName, read.sheet, read.unitCell, 'unit-unknown', 'error', `名单中没有“${read.unit}”`));
  return null;
}

/**
 * A form that is not asked for again and again (报名表, or statistics owed on fixed days) is of the day when it is due: of
 * several the one next to when it came. Without any, of the year in which it came.
 */
function onlyPeriod(form: FormModel | undefined, receivedAt: string): Period | null {
  if (form === undefined || form.deadlines.some((deadline) => deadline.due.kind === 'recurring')) return null;
  const distance = (date: string) => Math.abs(Date.parse(date) - Date.parse(receivedAt));
  const dates = form.deadlines.flatMap(({ due }) => (due.kind === 'date' ? [due.date] : []));
  const [nearest] = dates.sort((a, b) => distance(a) - distance(b));
  return nearest ?? (form.kind === 'statistics' ? null : receivedAt.slice(0, 4));
}

/** The period of a return. `expected` is taken for a form without any place for it; `binding`: another is wrong. */
function periodOf(
  read: FormReturn,
  expected: Period | null,
  binding: boolean,
  fileName: string,
  issues: ReturnIssue[],
): Period | null {
  if (read.period === null) {
    // A form without any place for its period is of the one that is being collected.
    if (read.periodCell === null && expected !== null) return expected;
    if (!issues.some((issue) => issue.code === 'period-missing')) {
      issues.push(issueOf(fileName, read.sheet, read.periodCell, 'period-missing', 'error', '表上没有报告期'));
    }
    return null;
  }
  if (binding && expected !== null && read.period !== expected) {
    const detail = `表上为${read.period}，本次收集的是${expected}`;
    issues.push(issueOf(fileName, read.sheet, read.periodCell, 'period-wrong', 'error', detail));
  }
  return read.period;
}

/** The stored return after this one: new, replaced with its history, or as it was. */
function replace(
  existing: StoredReturn | undefined,
  of: Pick<StoredReturn, 'formHash' | 'unit' | 'period'>,
  read: FormReturn,
  index: number,
  receivedAt: string,
  imports: readonly ImportRecord[],
  before: number,
  fileName: string,
  issues: ReturnIssue[],
): StoredReturn {
  const fresh = {
    ...of,
    import: index,
    values: read.values,
    faulty: read.faulty,
    records: read.records,
    fields: read.fields,
  };
  if (existing === undefined) return { ...fresh, firstReceivedAt: receivedAt, history: [], recordHistory: [] };
  const previous = imports[existing.import]!;
  if (Date.parse(receivedAt) < Date.parse(previous.receivedAt)) {
    const detail = `已有${previous.receivedAt}收到的《${previous.fileName}》，本文件较早，未采用`;
    issues.push(issueOf(fileName, read.sheet, read.unitCell, 'older-than-current', 'warning', detail));
    return existing;
  }
  const changed = read.values.flatMap((value, cell) => (value === existing.values[cell] ? [] : [cell]));
  const sameRecords = JSON.stringify(read.records) === JSON.stringify(existing.records);
  const inBatch = existing.import >= before;
  if (inBatch) {
    const detail = `${of.unit}的同一张表已有《${previous.fileName}》，以后收到的为准，${changed.length}格不同`;
    issues.push(issueOf(fileName, read.sheet, read.unitCell, 'duplicate-return', 'warning', detail));
  } else if (changed.length > 0 || !sameRecords) {
    const detail = `替换《${previous.fileName}》，更正${changed.length}格`;
    issues.push(issueOf(fileName, read.sheet, read.unitCell, 'corrected', 'info', detail));
  }
  const history = changed.map((cell) => ({
    cell,
    value: existing.values[cell] ?? null,
    import: existing.import,
  }));
  const replaced = sameRecords ? [] : [{ records: existing.records, import: existing.import }];
  return {
    ...fresh,
    firstReceivedAt: existing.firstReceivedAt,
    history: [...existing.history, ...history],
    recordHistory: [...existing.recordHistory, ...replaced],
  };
}

/** Cumulative figures against those of the period before: they do not fall, and grow by what the period adds. */
function cumulativeIssues(
  form: FormModel,
  forms: readonly FormModel[],
  read: FormReturn,
  of: Pick<StoredReturn, 'formHash' | 'unit' | 'period'>,
  returns: ReadonlyMap<string, StoredReturn>,
  fileName: string,
): readonly ReturnIssue[] {
  const { whole, pairs } = form.cumulation;
  if (!whole && pairs.length === 0) return [];
  const last = previousStored(form, forms, of, returns);
  if (last === null) return [];
  const cells = entryCells(form);
  const index = new Map(cells.map((cell, i) => [`${cell.row},${cell.column}`, i]));
  const name = (i: number) => `“${cells[i]!.key ?? ''}”`;
  const issue = (code: ReturnIssueCode, i: number, detail: string) =>
    issueOf(fileName, read.sheet, read.cells[i] ?? null, code, 'warning', `${name(i)}${detail}`);
  const number = (value: EntryValue | undefined) => (typeof value === 'number' ? value : null);
  if (whole) {
    return cells.flatMap((cell, i) => {
      const [now, then] = [number(read.values[i]), number(last.get(cell.key ?? ''))];
      const counts = cell.entry?.type === 'whole' || cell.entry?.type === 'decimal';
      return counts && now !== null && then !== null && now < then
        ? [issue('cumulative-decreased', i, `填写${now}，上期为${then}`)]
        : [];
    });
  }
  return pairs.flatMap(({ current, cumulative }) => {
    const i = index.get(cumulative.join(','))!;
    const now = number(read.values[index.get(current.join(','))!]);
    const [sum, then] = [number(read.values[i]), number(last.get(cells[i]!.key ?? ''))];
    if (now === null || sum === null || then === null || Math.abs(then + now - sum) < 1e-6) return [];
    return [issue('cumulative-mismatch', i, `填写${sum}，上期累计${then}加本期${now}不等`)];
  });
}
