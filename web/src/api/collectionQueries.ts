import { queryOptions } from '@tanstack/react-query';
import type {
  Board,
  CollectionDetail,
  CollectionRecord,
  FilledUpper,
  ReturnFile,
  Series,
  Summary,
  UnitReturn,
} from '../../../models/api/collection.ts';
import type { ReportingUnit } from '../../../models/index.ts';
import { ask, type Query } from './ask.ts';
import type { Page } from './queries.ts';

/** All that is asked about one collection begins with this key: a returned file changes all of it. */
export const collectionKey = (id: number) => ['collection', id] as const;
const own = (id: number, rest: string) => `/api/collections/${id}${rest}`;

export const collectionsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['collections', query],
    queryFn: ({ signal }) => ask<Page<CollectionRecord>>('/api/collections', query, { signal }),
  });

export const collectionQuery = (id: number) =>
  queryOptions({
    queryKey: [...collectionKey(id), 'detail'],
    queryFn: ({ signal }) => ask<CollectionDetail>(own(id, ''), {}, { signal }),
  });

export const boardQuery = (id: number, query: Query) =>
  queryOptions({
    queryKey: [...collectionKey(id), 'board', query],
    queryFn: ({ signal }) => ask<Board>(own(id, '/board'), query, { signal }),
  });

export const summaryQuery = (id: number, query: Query) =>
  queryOptions({
    queryKey: [...collectionKey(id), 'summary', query],
    queryFn: ({ signal }) => ask<Summary>(own(id, '/summary'), query, { signal }),
  });

export const seriesQuery = (id: number, query: Query) =>
  queryOptions({
    queryKey: [...collectionKey(id), 'series', query],
    queryFn: ({ signal }) => ask<Series>(own(id, '/series'), query, { signal }),
  });

export const unitReturnQuery = (id: number, query: Query) =>
  queryOptions({
    queryKey: [...collectionKey(id), 'unit', query],
    queryFn: ({ signal }) => ask<UnitReturn>(own(id, '/unit'), query, { signal }),
  });

export const upperQuery = (id: number, query: Query) =>
  queryOptions({
    queryKey: [...collectionKey(id), 'upper', query],
    queryFn: ({ signal }) => ask<{ readonly items: readonly FilledUpper[] }>(own(id, '/upper'), query, { signal }),
  });

export const returnFilesQuery = (id: number, query: Query) =>
  queryOptions({
    queryKey: [...collectionKey(id), 'files', query],
    queryFn: ({ signal }) => ask<Page<ReturnFile>>(own(id, '/files'), query, { signal }),
  });

export interface UnitProposal {
  readonly units: readonly ReportingUnit[];
  readonly unresolved: readonly string[];
}
