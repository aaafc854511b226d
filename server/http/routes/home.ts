import { z } from 'zod';
import { UpcomingDeadline } from '../../../models/api/library.ts';
import { IsoDate } from '../../../models/index.ts';
import { addDays } from '../../upcoming.ts';
import { maskerFor } from '../masker.ts';
import { defineRoute, none, pageOf, paging } from '../route.ts';

const upcoming = defineRoute({
  method: 'get',
  path: '/api/deadlines/upcoming',
  operationId: 'listUpcomingDeadlines',
  summary: 'What the notices of the library ask for in the coming days, recurring duties included; earliest first.',
  params: none,
  query: z.strictObject({
    from: IsoDate.optional().meta({ description: 'First day; today (UTC) where not given.' }),
    days: z.coerce.number().int().min(1).max(366).default(14),
    ...paging,
    limit: z.coerce.number().int().min(1).max(500).default(500),
  }),
  body: none,
  response: pageOf('UpcomingDeadlines', UpcomingDeadline),
  async handle({ query, context }) {
    const from = query.from ?? new Date().toISOString().slice(0, 10);
    const to = addDays(from, query.days - 1);
    const { limit, offset } = query;
    const page = await context.library.store.listDue({ from, to, limit, offset });
    const mask = await maskerFor(
      context,
      page.items.map((item) => item.fileId),
    );
    return { ...page, items: page.items.map((item) => mask(item.fileId, item)) };
  },
});

export const homeRoutes = [upcoming];
