import type { Matrix } from '../../../models/api/matrix.ts';
import type { CoverageState } from '../../../models/index.ts';

/** What of a matrix is shown, and in which order. */

export const letterStates: Readonly<Record<string, CoverageState>> = {
  k: 'kept',
  m: 'modified',
  w: 'weakened',
  d: 'dropped',
  o: 'out-of-remit',
};

export const orders = [
  ['given', '按成文日期'],
  ['coverage', '落实率由低到高'],
  ['dropped', '未见由多到少'],
  ['added', '新增由多到少'],
] as const;
export type Order = (typeof orders)[number][0];

export interface Filters {
  /** Words of a lower notice's region, body or number. */
  readonly place: string;
  /** Words of an item. */
  readonly matter: string;
  /** Only rows and columns with one of these; empty: all. */
  readonly states: readonly CoverageState[];
  readonly order: Order;
}

export const allShown: Filters = { place: '', matter: '', states: [], order: 'given' };

/** The indices of rows and columns that are shown, in their order. */
export function shownOf(matrix: Matrix, filters: Filters): { readonly rows: number[]; readonly columns: number[] } {
  const place = filters.place.trim();
  const matter = filters.matter.trim();
  const wanted = new Set(filters.states);
  const has = (letter: string) => wanted.size === 0 || wanted.has(letterStates[letter] ?? 'dropped');
  const columnsByText = matrix.items.flatMap((item, at) =>
    `${item.subject ?? ''}${item.action ?? ''}${item.text}`.includes(matter) ? [at] : [],
  );
  const rows = matrix.rows.flatMap((row, at) => {
    const words = `${placeOf(row)} ${row.notice.issuingBody ?? ''} ${row.notice.documentNumber ?? ''} ${row.notice.title ?? ''}`;
    return words.includes(place) && columnsByText.some((column) => has(row.cells.charAt(column))) ? [at] : [];
  });
  const columns = columnsByText.filter((column) => rows.some((at) => has(matrix.rows[at]?.cells.charAt(column) ?? '')));
  const value = (at: number): number => {
    const row = matrix.rows[at];
    if (row === undefined || filters.order === 'given') return at;
    if (filters.order === 'coverage') return row.coverage;
    return filters.order === 'dropped' ? -row.counts.dropped : -row.added;
  };
  return { rows: rows.toSorted((a, b) => value(a) - value(b) || a - b), columns };
}

/** Whose notice it is, in a few words. */
export function placeOf(row: Matrix['rows'][number]): string {
  // The list of divisions ends with the counties: a township bears the name of its own.
  const place = row.notice.administrativeLevel === 'township' ? row.notice.issuingBody : row.region?.name;
  return place ?? row.notice.issuingBody ?? row.notice.title ?? row.notice.fileName;
}

export const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
