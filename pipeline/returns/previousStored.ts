import { type EntryValue, entryCells, type FormModel, previousPeriod, type StoredReturn } from '../../models/index.ts';
import { tableKey } from './tableKey.ts';

/**
 * What a unit reported on a table for the period before, by cell key, whatever version of the form it was; null where nothing
 * was reported, or where that period lies in the year before (累计 begins anew with the year unless a date is printed).
 */
export function previousStored(
  form: FormModel,
  forms: readonly FormModel[],
  of: Pick<StoredReturn, 'unit' | 'period'>,
  returns: ReadonlyMap<string, StoredReturn>,
): ReadonlyMap<string, EntryValue> | null {
  const period = previousPeriod(of.period);
  if (period.slice(0, 4) !== of.period.slice(0, 4) && form.cumulation.since === null) return null;
  for (const version of forms) {
    if (tableKey(version.identity) !== tableKey(form.identity)) continue;
    const stored = returns.get(`${version.identity.structureHash}\u0000${period}\u0000${of.unit}`);
    if (stored) return new Map(entryCells(version).map((cell, i) => [cell.key ?? '', stored.values[i] ?? null]));
  }
  return null;
}
