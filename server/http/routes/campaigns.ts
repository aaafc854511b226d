import { z } from 'zod';
import {
  CampaignDetail,
  CampaignId,
  CampaignSummary,
  MemberId,
  NewLinkDecision,
  StoredLinkDecision,
} from '../../../models/api/campaign.ts';
import { HongtouError } from '../../../models/index.ts';
import { regionGaps } from '../../../pipeline/campaign/regionGaps.ts';
import { calendarKey } from '../../campaigns/calendarKey.ts';
import type { StoredCampaign } from '../../campaigns/campaignStore.ts';
import { maskStrings } from '../../maskContacts.ts';
import { type Context, defineRoute, none, paging } from '../route.ts';

/** A request waits for so many files to be linked; more are linked behind its back. */
const worthWaiting = 30;

/** Links what came in since, so that the answer is of now. Says how many files and notices still wait. */
export async function linkNow({ library, log }: Context): Promise<number> {
  const pending = await library.campaigns.countPending();
  if (pending === 0) return 0;
  const linking = library.campaigns.linkPending();
  if (pending <= worthWaiting) return (await linking).left;
  linking.catch((error: unknown) => log.error({ err: error }, 'notices could not be linked'));
  return pending;
}

export async function campaignOrThrow(context: Context, campaignId: string): Promise<StoredCampaign> {
  const campaign = await context.library.campaigns.findCampaign(campaignId);
  if (campaign === undefined) throw new HongtouError('NOT_FOUND', { what: `Campaign ${campaignId}` });
  return campaign;
}

/** With contacts masked where the configuration says so. */
export function masked<T>(context: Context, value: T): T {
  return context.config.maskContacts ? maskStrings(value) : value;
}

const list = defineRoute({
  method: 'get',
  path: '/api/campaigns',
  operationId: 'listCampaigns',
  summary: 'Campaigns that the notices of the library belong to; those of several notices first, latest first.',
  params: none,
  query: z.strictObject({
    q: z.string().max(200).optional().meta({ description: 'Words of the name; all must occur.' }),
    year: z.coerce.number().int().min(1900).max(2200).optional(),
    notice: MemberId.optional().meta({ description: 'Only the campaign of this notice.' }),
    ...paging,
  }),
  body: none,
  response: z
    .object({
      items: z.array(CampaignSummary).readonly(),
      total: z.int(),
      pending: z.int().meta({ description: 'How much is still to be linked; 0: the list is whole.' }),
    })
    .readonly()
    .meta({ id: 'CampaignPage', title: '专项行动列表' }),
  async handle({ query: { notice, ...query }, context }) {
    const pending = await linkNow(context);
    if (notice === undefined) return { ...(await context.library.campaigns.listCampaigns(query)), pending };
    const campaign = await context.library.campaigns.campaignOf(notice);
    return { items: campaign === undefined ? [] : [campaign], total: campaign === undefined ? 0 : 1, pending };
  },
});

const one = defineRoute({
  method: 'get',
  path: '/api/campaigns/{campaignId}',
  operationId: 'getCampaign',
  summary:
    'One campaign: its years, the tree from the nation to the townships with missing documents, links with reasons, phases, who has issued nothing, what people decided.',
  params: z.strictObject({ campaignId: CampaignId }),
  query: none,
  body: none,
  response: CampaignDetail,
  async handle({ params, context }) {
    await linkNow(context);
    return detailOf(context, await campaignOrThrow(context, params.campaignId));
  },
});

async function detailOf(context: Context, campaign: StoredCampaign): Promise<CampaignDetail> {
  const { campaigns, regions } = context.library;
  const notices = await campaigns.noticesOf(campaign.campaignId);
  const { token } = context.config;
  const address = `/api/campaigns/${campaign.campaignId}/calendar.ics`;
  return masked(context, {
    ...campaign,
    editions: campaign.editions.map((edition) => ({ ...edition, gaps: regionGaps(edition, regions) })),
    notices,
    decisions: await campaigns.listDecisions(notices.map((notice) => notice.id)),
    subscription: token === undefined ? address : `${address}?key=${calendarKey(token, campaign.campaignId)}`,
  });
}

const decide = defineRoute({
  method: 'post',
  path: '/api/campaigns/links',
  operationId: 'decideLink',
  summary:
    'Confirms, cuts or adds a link, or puts a notice out of a campaign (exclude). It is kept apart from what is found, and stands when notices are read again.',
  params: none,
  query: none,
  body: NewLinkDecision,
  status: 201,
  response: StoredLinkDecision,
  async handle({ body, actor, context }) {
    await linkNow(context);
    return context.library.campaigns.decide(body, actor);
  },
});

const undo = defineRoute({
  method: 'delete',
  path: '/api/campaigns/links/{decisionId}',
  operationId: 'undoLinkDecision',
  summary: 'Takes a decision on a link back; who did and when is kept.',
  params: z.strictObject({ decisionId: z.coerce.number().int().min(1) }),
  query: none,
  body: none,
  response: StoredLinkDecision,
  handle: ({ params, actor, context }) => context.library.campaigns.undo(params.decisionId, actor),
});

export const campaignRoutes = [list, one, decide, undo];
