import { z } from 'zod';
import { CampaignContact, CampaignDue, CampaignId, MemberId } from '../../../models/api/campaign.ts';
import { Deadline, IsoDate } from '../../../models/index.ts';
import { campaignDues, type DatedDeadline, deadlinesOf } from '../../campaigns/agenda.ts';
import type { StoredCampaign } from '../../campaigns/campaignStore.ts';
import { hasDay, renderCalendar } from '../../campaigns/icalendar.ts';
import { addDays } from '../../upcoming.ts';
import { contentDisposition } from '../fileName.ts';
import { type Context, defineRoute, defineStream, none } from '../route.ts';
import { campaignOrThrow, linkNow, masked } from './campaigns.ts';

const params = z.strictObject({ campaignId: CampaignId });
const ofNotice = MemberId.optional().meta({ description: 'Only what this notice asks for.' });

async function datedDeadlines(
  context: Context,
  campaignId: string,
  notice: string | undefined,
): Promise<{ readonly campaign: StoredCampaign; readonly deadlines: readonly DatedDeadline[] }> {
  await linkNow(context);
  const campaign = await campaignOrThrow(context, campaignId);
  const { campaigns } = context.library;
  const all = deadlinesOf(
    campaign,
    await campaigns.noticesOf(campaign.campaignId),
    await campaigns.agendasOf(campaign.campaignId),
  );
  const deadlines = notice === undefined ? all : all.filter((one) => one.notice.id === notice);
  return { campaign, deadlines: masked(context, deadlines) };
}

const calendar = defineRoute({
  method: 'get',
  path: '/api/campaigns/{campaignId}/calendar',
  operationId: 'getCampaignCalendar',
  summary: 'What the notices of a campaign ask for, day by day, recurring duties as each of their days.',
  params,
  query: z.strictObject({
    from: IsoDate.optional().meta({ description: 'First day; the earliest date of the campaign where not given.' }),
    to: IsoDate.optional().meta({ description: 'Last day; two years after the first where not given.' }),
    notice: ofNotice,
  }),
  body: none,
  response: z
    .object({
      items: z.array(CampaignDue).readonly(),
      undated: z
        .array(z.object({ notice: MemberId, issuingBody: z.string().nullable(), deadline: Deadline }).readonly())
        .readonly()
        .meta({ description: 'What is owed on no day that is known: 每月报送, 自收到之日起5日内.' }),
    })
    .readonly()
    .meta({ id: 'CampaignCalendar', title: '行动日历' }),
  async handle({ params: { campaignId }, query, context }) {
    const { campaign, deadlines } = await datedDeadlines(context, campaignId, query.notice);
    const from = query.from ?? campaign.firstDate ?? new Date().toISOString().slice(0, 10);
    const to = query.to ?? addDays(query.from ?? campaign.lastDate ?? from, 730);
    const isDated = ({ deadline, notice, ends }: DatedDeadline) =>
      hasDay(deadline) &&
      (deadline.due.kind === 'recurring'
        ? notice.issueDate !== null || ends !== null
        : deadline.due.kind === 'period'
          ? deadline.due.end !== null
          : deadline.due.date !== null);
    return {
      items: campaignDues(deadlines.filter(isDated), from, to),
      undated: deadlines
        .filter((one) => !isDated(one))
        .map(({ notice, deadline }) => ({ notice: notice.id, issuingBody: notice.issuingBody, deadline })),
    };
  },
});

const download = defineStream({
  method: 'get',
  path: '/api/campaigns/{campaignId}/calendar.ics',
  operationId: 'subscribeCampaignCalendar',
  summary: 'The same as iCalendar (RFC 5545), to download or to subscribe to; see `subscription` of the campaign.',
  params,
  query: z.strictObject({
    notice: ofNotice,
    rest: z.enum(['before', 'printed']).default('before').meta({
      description: 'before: days of rest are moved to the last working day before; printed: as the notice says.',
    }),
    key: z.string().max(100).optional().meta({ description: 'Opens this calendar where an access token is set.' }),
  }),
  body: none,
  responseType: 'text/calendar',
  async stream({ params: { campaignId }, query, context, response }) {
    const { campaign, deadlines } = await datedDeadlines(context, campaignId, query.notice);
    const body = renderCalendar(deadlines, { name: campaign.name, now: new Date(), rest: query.rest });
    response.setHeader('Content-Type', 'text/calendar; charset=utf-8');
    response.setHeader('Content-Disposition', contentDisposition('attachment', `${campaign.name.slice(0, 80)}.ics`));
    response.setHeader('Cache-Control', 'no-store');
    response.end(body);
  },
});

const contacts = defineRoute({
  method: 'get',
  path: '/api/campaigns/{campaignId}/contacts',
  operationId: 'listCampaignContacts',
  summary: 'Whom the notices of a campaign name for questions and reports.',
  params,
  query: none,
  body: none,
  response: z
    .object({ items: z.array(CampaignContact).readonly() })
    .readonly()
    .meta({ id: 'CampaignContacts', title: '行动联系人列表' }),
  async handle({ params: { campaignId }, context }) {
    await linkNow(context);
    const campaign = await campaignOrThrow(context, campaignId);
    const { campaigns } = context.library;
    const agendas = await campaigns.agendasOf(campaign.campaignId);
    const notices = await campaigns.noticesOf(campaign.campaignId);
    const items = notices.flatMap((notice) =>
      (agendas.get(notice.id)?.contacts ?? []).map((contact) => ({
        notice: notice.id,
        issuingBody: notice.issuingBody,
        administrativeLevel: notice.administrativeLevel,
        contact,
      })),
    );
    return { items: masked(context, items) };
  },
});

export const campaignCalendarRoutes = [calendar, download, contacts];
