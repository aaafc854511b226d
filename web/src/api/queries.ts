import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { CampaignContact, CampaignDetail, CampaignDue, CampaignSummary } from '../../../models/api/campaign.ts';
import type {
  Correction,
  CorrectionMark,
  Facets,
  Job,
  LibraryFile,
  NoticeSummary,
  UpcomingDeadline,
} from '../../../models/api/library.ts';
import type { Matrix, NewMatrix } from '../../../models/api/matrix.ts';
import type { Comparison, DoubtfulLine, Extraction, Finding, FormModel, PageView } from '../../../models/index.ts';
import { ask, type Query, sendJson } from './ask.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

export const noticesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['notices', query],
    queryFn: ({ signal }) => ask<Page<NoticeSummary>>('/api/notices', query, { signal }),
  });

export const facetsQuery = queryOptions({
  queryKey: ['notices', 'facets'],
  queryFn: ({ signal }) => ask<Facets>('/api/notices/facets', {}, { signal }),
  staleTime: 30_000,
});

export const filesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['files', query],
    queryFn: ({ signal }) => ask<Page<LibraryFile>>('/api/files', query, { signal }),
  });

export const fileQuery = (fileId: string) =>
  queryOptions({
    queryKey: ['file', fileId],
    queryFn: ({ signal }) => ask<LibraryFile>(`/api/files/${fileId}`, {}, { signal }),
  });

export const extractionQuery = (fileId: string) =>
  queryOptions({
    queryKey: ['extraction', fileId],
    queryFn: ({ signal }) => ask<Extraction>(`/api/files/${fileId}/extraction`, {}, { signal }),
    staleTime: 60_000,
  });

export interface FilePages {
  readonly pages: readonly Pick<PageView, 'page' | 'width' | 'height' | 'textOrigin'>[];
  readonly doubtful: readonly DoubtfulLine[];
}

export const pagesQuery = (fileId: string) =>
  queryOptions({
    queryKey: ['pages', fileId],
    queryFn: ({ signal }) => ask<FilePages>(`/api/files/${fileId}/pages`, {}, { signal }),
    staleTime: 60_000,
  });

export const pageQuery = (fileId: string, page: number) =>
  queryOptions({
    queryKey: ['pages', fileId, page],
    queryFn: ({ signal }) => ask<PageView>(`/api/files/${fileId}/pages/${page}`, {}, { signal }),
    staleTime: 60_000,
  });

export interface Corrections {
  readonly items: readonly Correction[];
  readonly marks: readonly CorrectionMark[];
}

export const correctionsQuery = (fileId: string, noticeId: string) =>
  queryOptions({
    queryKey: ['corrections', fileId, noticeId],
    queryFn: ({ signal }) => ask<Corrections>(`/api/files/${fileId}/notices/${noticeId}/corrections`, {}, { signal }),
  });

/** Notices in whose text words stand, a page after the other. */
export const foundNoticesQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['notices', 'found', q],
    queryFn: ({ pageParam: offset, signal }) =>
      ask<Page<NoticeSummary>>('/api/notices', { q, limit: 50, offset }, { signal }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const known = pages.reduce((sum, page) => sum + page.items.length, 0);
      return known < total ? known : null;
    },
    // While somebody types, what was found before stays until the next is here.
    placeholderData: keepPreviousData,
  });

export const jobsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['jobs', query],
    queryFn: ({ signal }) => ask<Page<Job>>('/api/jobs', query, { signal }),
  });

export const upcomingQuery = (query: { readonly from: string; readonly days: number }) =>
  queryOptions({
    queryKey: ['upcoming', query],
    queryFn: ({ signal }) =>
      ask<{ readonly items: readonly UpcomingDeadline[] }>('/api/deadlines/upcoming', query, { signal }),
  });

export const comparisonQuery = (left: string, right: string) =>
  queryOptions({
    queryKey: ['comparison', left, right],
    queryFn: ({ signal }) =>
      ask<{ readonly comparison: Comparison; readonly calendar: readonly Finding[] }>(
        '/api/compare',
        { left, right },
        { signal },
      ),
  });

/** Begins a matrix, or finds the one that was begun; `matrixQuery` follows it. */
export const newMatrixQuery = (wanted: NewMatrix) =>
  queryOptions({
    queryKey: ['new-matrix', wanted],
    queryFn: ({ signal }) => sendJson<Matrix>('/api/matrices', wanted, { signal }),
    // The library may have grown.
    staleTime: 0,
    refetchOnWindowFocus: false,
  });

export const matrixQuery = (matrixId: string) =>
  queryOptions({
    queryKey: ['matrix', matrixId],
    queryFn: ({ signal }) => ask<Matrix>(`/api/matrices/${matrixId}`, {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 500 : false),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const formsQuery = (fileId: string, noticeId: string, query: Query) =>
  queryOptions({
    queryKey: ['forms', fileId, noticeId, query],
    queryFn: ({ signal }) =>
      ask<{ readonly forms: readonly FormModel[]; readonly textForms: readonly string[] }>(
        `/api/files/${fileId}/notices/${noticeId}/forms`,
        query,
        { signal },
      ),
  });

export const campaignsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['campaigns', query],
    queryFn: ({ signal }) =>
      ask<Page<CampaignSummary> & { readonly pending: number }>('/api/campaigns', query, { signal }),
  });

export const campaignQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['campaign', campaignId],
    queryFn: ({ signal }) => ask<CampaignDetail>(`/api/campaigns/${campaignId}`, {}, { signal }),
  });

export const campaignCalendarQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['campaign', campaignId, 'calendar'],
    queryFn: ({ signal }) =>
      ask<{
        readonly items: readonly CampaignDue[];
        readonly undated: readonly Pick<CampaignDue, 'notice' | 'issuingBody' | 'deadline'>[];
      }>(`/api/campaigns/${campaignId}/calendar`, {}, { signal }),
  });

export const campaignContactsQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['campaign', campaignId, 'contacts'],
    queryFn: ({ signal }) =>
      ask<{ readonly items: readonly CampaignContact[] }>(`/api/campaigns/${campaignId}/contacts`, {}, { signal }),
  });
