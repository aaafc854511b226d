import { z } from 'zod';
import { IsoDate, type Notice } from '../../../models/index.ts';
import { maskText } from '../../maskContacts.ts';
import type { Store } from '../../store/store.ts';
import { addDays, UpcomingDeadline, upcomingOf } from '../../upcoming.ts';
import { defineRoute, none } from '../route.ts';

/** Notices with deadlines, by the state they come from: a file is looked into once per change, not per request. */
const kept = new WeakMap<Store, Map<string, { readonly state: string; readonly notices: readonly Notice[] }>>();

async function noticesWithDeadlines(
  store: Store,
): Promise<ReadonlyMap<string, { readonly notices: readonly Notice[] }>> {
  const known = kept.get(store) ?? new Map();
  kept.set(store, known);
  const present = new Set<string>();
  const limit = 500;
  for (let offset = 0; ; offset += limit) {
    const page = await store.listFiles({ state: 'read', deleted: false, limit, offset });
    for (const { fileId, extractedAt, correctedAt } of page.items) {
      present.add(fileId);
      const state = `${extractedAt} ${correctedAt}`;
      if (extractedAt === null || known.get(fileId)?.state === state) continue;
      const stored = await store.findExtraction(fileId);
      const notices = (stored?.extraction.notices ?? [])
        .filter((notice) => notice.deadlines.length > 0)
        // Only what is asked of them later; a library's texts need not stay in memory.
        .map((notice) => ({
          ...notice,
          sections: [],
          focusItems: [],
          attachments: [],
          targets: [],
          citedDocuments: [],
        }));
      known.set(fileId, { state, notices });
    }
    if (page.items.length < limit) break;
  }
  for (const fileId of known.keys()) if (!present.has(fileId)) known.delete(fileId);
  return known;
}

const upcoming = defineRoute({
  method: 'get',
  path: '/api/deadlines/upcoming',
  operationId: 'listUpcomingDeadlines',
  summary: 'What the notices of the library ask for in the coming days, recurring duties included; earliest first.',
  params: none,
  query: z.strictObject({
    from: IsoDate.optional().meta({ description: 'First day; today (UTC) where not given.' }),
    days: z.coerce.number().int().min(1).max(366).default(14),
  }),
  body: none,
  response: z
    .object({ items: z.array(UpcomingDeadline).readonly() })
    .readonly()
    .meta({ id: 'UpcomingDeadlines', title: '将到期限列表' }),
  async handle({ query, context }) {
    const from = query.from ?? new Date().toISOString().slice(0, 10);
    const to = addDays(from, query.days - 1);
    const files = await noticesWithDeadlines(context.library.store);
    const items = [...files].flatMap(([fileId, { notices }]) =>
      notices.flatMap((notice) => upcomingOf(fileId, notice, from, to)),
    );
    items.sort((a, b) => a.date.localeCompare(b.date) || a.fileId.localeCompare(b.fileId));
    if (!context.config.maskContacts) return { items };
    return {
      items: items.map((item) => ({
        ...item,
        deadline: {
          ...item.deadline,
          task: maskText(item.deadline.task),
          evidence: item.deadline.evidence.map((one) => ({ ...one, quote: maskText(one.quote) })),
        },
      })),
    };
  },
});

export const homeRoutes = [upcoming];
