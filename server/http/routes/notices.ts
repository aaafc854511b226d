import { z } from 'zod';
import { Facets, NoticeSummary } from '../../../models/api/library.ts';
import { AdministrativeLevel, IsoDate, Severity } from '../../../models/index.ts';
import { noticeSorts } from '../../store/store.ts';
import { maskerFor } from '../masker.ts';
import { defineRoute, none, pageOf, paging } from '../route.ts';

/** What lists and exports of notices can be narrowed by. */
export const noticeFilter = {
  q: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Words that must all occur in the file; "a phrase"; -excluded. From one character.' }),
  level: AdministrativeLevel.optional(),
  region: z
    .string()
    .regex(/^\d{1,12}$/)
    .optional()
    .meta({ description: 'GB/T 2260 code or its beginning: 14 is all of a province.' }),
  documentType: z.string().max(20).optional(),
  campaign: z.string().max(200).optional(),
  issuedFrom: IsoDate.optional(),
  issuedTo: IsoDate.optional(),
  finding: Severity.optional().meta({ description: 'Only files with findings as grave as this, or graver.' }),
  sort: z.enum(noticeSorts).optional().meta({ description: 'issueDate where not given.' }),
  order: z.enum(['asc', 'desc']).optional().meta({ description: 'desc where not given; no value stands last.' }),
};

const list = defineRoute({
  method: 'get',
  path: '/api/notices',
  operationId: 'listNotices',
  summary: 'Notices of the library, latest 成文日期 first where not asked otherwise.',
  params: none,
  query: z.strictObject({ ...noticeFilter, ...paging }),
  body: none,
  response: pageOf('NoticePage', NoticeSummary),
  async handle({ query, context }) {
    const page = await context.library.store.listNotices(query);
    const mask = await maskerFor(
      context,
      page.items.map((item) => item.fileId),
    );
    return { ...page, items: page.items.map((item) => mask(item.fileId, item)) };
  },
});

const facets = defineRoute({
  method: 'get',
  path: '/api/notices/facets',
  operationId: 'listFacets',
  summary: 'What the notices of the library can be narrowed down by: regions, types, campaigns, with how many of each.',
  params: none,
  query: none,
  body: none,
  response: Facets,
  handle: ({ context }) => context.library.store.listFacets(),
});

export const noticeRoutes = [list, facets];
