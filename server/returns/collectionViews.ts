import type {
  Board,
  CollectedTable,
  CollectionRecord,
  ReturnFile,
  Series,
  Summary,
  UnitReturn,
} from '../../models/api/collection.ts';
import {
  type Collection,
  entryCells,
  type FormModel,
  HongtouError,
  isAdditive,
  type Period,
  periodParts,
  previousPeriod,
  type ReportStatus,
} from '../../models/index.ts';
import { consolidate, sumsOverPeriods } from '../../pipeline/returns/consolidate.ts';
import { dueDate } from '../../pipeline/returns/dueDate.ts';
import { expectedPeriods } from '../../pipeline/returns/expectedPeriods.ts';
import { reportMatrix } from '../../pipeline/returns/reportMatrix.ts';
import { currentForms, tableKey } from '../../pipeline/returns/tableKey.ts';
import type { Store } from '../store/store.ts';

/** A collection as it is looked at: its record and forms are read once. */
export interface OpenedCollection {
  readonly record: CollectionRecord;
  readonly forms: readonly FormModel[];
}

export async function openedCollection(store: Store, collectionId: number): Promise<OpenedCollection> {
  const record = await store.findCollection(collectionId);
  if (record === undefined) throw new HongtouError('NOT_FOUND', { what: `Collection ${collectionId}` });
  return { record, forms: await store.collectedForms(collectionId) };
}

/** The version of a table that holds, and all versions of it. Throws NO_SUCH_TABLE. */
export function versionsOf(
  { record, forms }: OpenedCollection,
  table: number,
): { readonly form: FormModel; readonly versions: readonly FormModel[] } {
  const current = currentForms(forms);
  const form = current.find(({ identity }) => identity.tableNumber === table);
  if (form === undefined) {
    throw new HongtouError('NO_SUCH_TABLE', { fileName: record.title, table, count: current.length });
  }
  return { form, versions: forms.filter((one) => tableKey(one.identity) === tableKey(form.identity)) };
}

const hashesOf = (versions: readonly FormModel[]) => versions.map(({ identity }) => identity.structureHash);
const beijingDay = (now: string) => new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(0, 10);

/** Periods that were owed from the notice until now, or to the end of the campaign, and those that came besides. */
function periodsOf({ record }: OpenedCollection, form: FormModel, collected: readonly Period[], now: string): Period[] {
  const today = beijingDay(now);
  const end = record.endDate === null ? today : record.endDate.length === 7 ? `${record.endDate}-28` : record.endDate;
  const from = record.issueDate ?? record.createdAt.slice(0, 10);
  const owed = expectedPeriods(form, from, end < today ? end : today);
  return [...new Set([...owed, ...collected])].sort();
}

/** The tables of a collection, each with its periods. */
export async function collectedTables(
  store: Store,
  opened: OpenedCollection,
  now: string,
): Promise<readonly CollectedTable[]> {
  const { record, forms } = opened;
  const reported = await store.reportedReturns(record.collectionId, { formHashes: hashesOf(forms) });
  return currentForms(forms).map((form) => {
    const { versions } = versionsOf(opened, form.identity.tableNumber);
    const hashes = new Set(hashesOf(versions));
    const collected = reported.filter((one) => hashes.has(one.formHash)).map((one) => one.period);
    return tableOf(form, periodsOf(opened, form, collected, now));
  });
}

function tableOf(form: FormModel, periods: readonly Period[]): CollectedTable {
  const { tableNumber, tableTitle, version, structureHash } = form.identity;
  return { table: tableNumber, title: tableTitle, version, formHash: structureHash, records: form.records, periods };
}

/** How all units stand with one table. `last`: how many periods, the latest ones; `period`: this one alone. */
export async function boardOf(
  store: Store,
  opened: OpenedCollection,
  table: number,
  asked: { readonly period: Period | null; readonly last: number; readonly now: string },
): Promise<Board> {
  const { collectionId } = opened.record;
  const { form, versions } = versionsOf(opened, table);
  const returns = await store.reportedReturns(collectionId, { formHashes: hashesOf(versions) });
  const units = await store.reportingUnits(collectionId);
  const collected = returns.map((one) => one.period);
  const all = periodsOf(opened, form, collected, asked.now);
  const periods = asked.period !== null ? [asked.period] : all.slice(-asked.last);
  const state = { forms: versions, units, returns, rejected: await store.rejectedReturns(collectionId) };
  const matrix = reportMatrix(state, periods, asked.now);
  const parents = new Map(units.map((unit) => [unit.name, unit.parent]));
  const names = [...new Set(matrix.map((entry) => entry.unit))];
  const entryOf = new Map(matrix.map((entry) => [`${entry.unit}\u0000${entry.period}`, entry]));
  return {
    table: tableOf(form, all),
    periods: periods.map((period) => {
      const due = dueDate(form, period);
      const counts: Partial<Record<ReportStatus, number>> = {};
      for (const entry of matrix) {
        if (entry.period === period) counts[entry.status] = (counts[entry.status] ?? 0) + 1;
      }
      return {
        period,
        printedDue: due?.printed ?? null,
        due: due?.date ?? null,
        holidaysKnown: due?.holidaysKnown ?? true,
        assumed: due?.assumed ?? false,
        counts,
      };
    }),
    units: names.map((unit) => ({
      unit,
      parent: parents.get(unit) ?? null,
      entries: periods.map((period) => {
        const { status, receivedAt, faulty, uncertain } = entryOf.get(`${unit}\u0000${period}`)!;
        return { status, receivedAt, faulty, uncertain };
      }),
    })),
  };
}

/** The periods whose figures a consolidated table needs: its own, the one before, and all of its year before it. */
function neededPeriods(form: FormModel, period: Period): readonly Period[] {
  const needed = [period, previousPeriod(period)];
  const { year, frequency } = periodParts(period);
  if (!form.cumulation.yearToDate || frequency === 'yearly' || frequency === 'daily') return needed;
  for (let before = previousPeriod(period); periodParts(before).year === year; before = previousPeriod(before)) {
    needed.push(before);
  }
  return [...new Set(needed)];
}

/** One table of one period added up. Where several versions were filled in, the one that holds, else the latest. */
export async function summaryOf(
  store: Store,
  opened: OpenedCollection,
  table: number,
  period: Period,
): Promise<Summary> {
  const { form, versions } = versionsOf(opened, table);
  const { collectionId } = opened.record;
  const query = { formHashes: hashesOf(versions), periods: neededPeriods(form, period) };
  const returns = await store.storedReturns(collectionId, query);
  const units = await store.reportingUnits(collectionId);
  const all = consolidate({ forms: versions, units, returns }, [period]);
  for (const version of versions.toReversed()) {
    const consolidated = all.find((one) => one.formHash === version.identity.structureHash);
    if (consolidated !== undefined) return { form: version, consolidated };
  }
  return { form, consolidated: null };
}

/** What a table added up to in each of its periods. */
export async function seriesOf(store: Store, opened: OpenedCollection, table: number): Promise<Series> {
  const { form, versions } = versionsOf(opened, table);
  const returns = await store.storedReturns(opened.record.collectionId, { formHashes: hashesOf(versions) });
  const cells = entryCells(form);
  const added = form.records ? [] : cells.flatMap((cell, i) => (isAdditive(cell.entry) ? [i] : []));
  return {
    indicators: added.map((i) => ({ key: cells[i]!.key ?? '', unit: cells[i]!.entry?.unit ?? null })),
    periods: sumsOverPeriods({ forms: versions, units: [], returns }, form).map(({ values, ...rest }) => ({
      ...rest,
      values: added.map((i) => values[i] ?? null),
    })),
  };
}

/** What one unit said, with the files it came from. */
export async function unitReturnOf(
  store: Store,
  opened: OpenedCollection,
  table: number,
  unit: string,
  period: Period,
): Promise<UnitReturn> {
  const { form, versions } = versionsOf(opened, table);
  const { collectionId } = opened.record;
  const hashes = hashesOf(versions);
  const found = await store.storedReturns(collectionId, { formHashes: hashes, periods: [period], unit });
  const stored = found.find((one) => one.formHash === form.identity.structureHash) ?? found.at(-1);
  const own = versions.find((one) => one.identity.structureHash === stored?.formHash) ?? form;
  const back = (await store.rejectedReturns(collectionId)).filter(
    (one) => one.unit === unit && one.period === period && one.formHash !== null && hashes.includes(one.formHash),
  );
  const history = stored?.history ?? [];
  const recordHistory = stored?.recordHistory ?? [];
  const positions = [
    ...new Set([
      ...(stored === undefined ? [] : [stored.import]),
      ...[...history, ...recordHistory, ...back].map((one) => one.import),
    ]),
  ];
  const { items } = await store.returnFiles(collectionId, { positions, limit: positions.length, offset: 0 });
  const files = new Map(items.map((file) => [file.position, file]));
  const from = (position: number) => {
    const { fileName, receivedAt, importedBy }: ReturnFile = files.get(position)!;
    return { fileName, receivedAt, importedBy };
  };
  const cells = entryCells(own);
  return {
    form: own,
    unit,
    period,
    file: stored === undefined ? null : files.get(stored.import)!,
    firstReceivedAt: stored?.firstReceivedAt ?? null,
    values: stored?.values ?? [],
    faulty: stored?.faulty ?? [],
    records: stored?.records ?? [],
    fields: stored?.fields ?? [],
    history: history.map(({ cell, value, import: file }) => ({
      cell,
      key: cells[cell]?.key ?? '',
      value,
      ...from(file),
    })),
    recordHistory: recordHistory.map(({ records, import: file }) => ({ records, ...from(file) })),
    rejected: back.map((one) => ({ file: files.get(one.import)!, codes: one.codes })),
  };
}

/**
 * Everything that was collected for a period (null: for all) in the shape of the command line's record, for reports.
 * `table`: of this table alone.
 */
export async function wholeCollection(
  store: Store,
  opened: OpenedCollection,
  asked: { readonly table: number | null; readonly period: Period | null; readonly now: string },
): Promise<Collection> {
  const { collectionId, title } = opened.record;
  const forms = asked.table === null ? opened.forms : versionsOf(opened, asked.table).versions;
  const formHashes = hashesOf(forms);
  const { period } = asked;
  const needed = period === null ? undefined : [...new Set(forms.flatMap((form) => neededPeriods(form, period)))];
  const returns = await store.storedReturns(collectionId, { formHashes, periods: needed });
  const rejected = await store.rejectedReturns(collectionId);
  const units = await store.reportingUnits(collectionId);
  const state = { schemaVersion: 1 as const, campaign: title, forms, units, imports: [], returns, rejected };
  const periods = period !== null ? [period] : [...new Set(returns.map((stored) => stored.period))].sort();
  const positions = [
    ...new Set([
      ...returns.filter((stored) => period === null || stored.period === period).map((stored) => stored.import),
      ...rejected
        .filter((back) => period === null || back.period === null || back.period === period)
        .map((b) => b.import),
    ]),
  ];
  const issues = (await filesAt(store, collectionId, positions)).flatMap((file) => file.issues);
  return {
    state,
    taken: [],
    unchanged: [],
    issues,
    matrix: reportMatrix(state, periods, asked.now),
    consolidated: consolidate(state, period === null ? null : [period]),
  };
}

/** Returned files by their places, in the order of import. */
async function filesAt(
  store: Store,
  collectionId: number,
  positions: readonly number[],
): Promise<readonly ReturnFile[]> {
  const files: ReturnFile[] = [];
  for (let i = 0; i < positions.length; i += 1_000) {
    const some = positions.slice(i, i + 1_000);
    files.push(...(await store.returnFiles(collectionId, { positions: some, limit: some.length, offset: 0 })).items);
  }
  return files.sort((a, b) => a.position - b.position);
}
