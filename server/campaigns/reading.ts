import type { Agenda, CampaignNotice, CampaignSummary } from '../../models/api/campaign.ts';
import { AdministrativeLevel } from '../../models/index.ts';
import type { Database } from '../store/database.ts';
import type { CampaignStore, StoredCampaign } from './campaignStore.ts';

export interface CampaignRow {
  readonly number: number;
  readonly name: string;
  readonly years: string;
  readonly levels: string;
  readonly members: number;
  readonly missing: number;
  readonly doubtful: number;
  readonly first_date: string | null;
  readonly last_date: string | null;
  readonly body: string;
}

/** The parts of a campaign that are kept as JSON. */
export type CampaignBody = Pick<StoredCampaign, 'editions' | 'links' | 'missingDocuments' | 'versions'>;

/** All but the body, which is large. */
export const summaryColumns = [
  'campaign.number',
  'campaign.name',
  'campaign.years',
  'campaign.levels',
  'campaign.members',
  'campaign.missing',
  'campaign.doubtful',
  'campaign.first_date',
  'campaign.last_date',
] as const;

export const numberOf = (campaignId: string): number => Number(campaignId.slice(1));

type ReadMethods = Pick<CampaignStore, 'listCampaigns' | 'findCampaign' | 'campaignOf' | 'noticesOf' | 'agendasOf'>;

/** The part of the store of campaigns that only looks. */
export function readMethods({ reader }: Pick<Database, 'reader'>): ReadMethods {
  const currentNumber = async (campaignId: string): Promise<number> => {
    let number = numberOf(campaignId);
    for (let steps = 0; steps < 100; steps++) {
      const row: { campaign_number: number } | undefined = await reader('campaign_alias').where({ number }).first();
      if (row === undefined) break;
      number = row.campaign_number;
    }
    return number;
  };
  return {
    async listCampaigns({ q, year, limit, offset }) {
      const chosen = reader('campaign').modify((query) => {
        for (const word of (q ?? '').split(/\s+/).filter(Boolean)) query.whereRaw('instr(name, ?) > 0', [word]);
        if (year !== undefined) query.whereRaw("instr(',' || years || ',', ?) > 0", [`,${year},`]);
      });
      const counted = await chosen.clone().count({ total: '*' }).first();
      const rows: CampaignRow[] = await chosen
        .clone()
        .select(...summaryColumns)
        // What many notices speak of, and what is newest, before what stands alone.
        .orderByRaw('members > 1 desc, last_date is null, last_date desc, number desc')
        .limit(limit)
        .offset(offset);
      return { items: rows.map(toSummary), total: Number(counted?.total ?? 0) };
    },
    async findCampaign(campaignId) {
      const row: CampaignRow | undefined = await reader('campaign')
        .where('number', await currentNumber(campaignId))
        .first();
      if (row === undefined) return undefined;
      const body: CampaignBody = JSON.parse(row.body);
      return { ...toSummary(row), ...body };
    },
    async campaignOf(member) {
      const row: CampaignRow | undefined = await reader('campaign')
        .join('link_member', 'link_member.campaign_number', 'campaign.number')
        .where('link_member.member', member)
        .first(...summaryColumns);
      return row && toSummary(row);
    },
    async noticesOf(campaignId) {
      const rows: { card: string }[] = await reader('link_member')
        .where('campaign_number', await currentNumber(campaignId))
        .orderBy('member')
        .select('card');
      return rows.map(({ card }): CampaignNotice => JSON.parse(card));
    },
    async agendasOf(campaignId) {
      const rows: { member: string; agenda: string }[] = await reader('link_member')
        .where('campaign_number', await currentNumber(campaignId))
        .orderBy('member')
        .select('member', 'agenda');
      return new Map(rows.map(({ member, agenda }): [string, Agenda] => [member, JSON.parse(agenda)]));
    },
  };
}

const words = (text: string) => text.split(',').filter(Boolean);

export function toSummary(row: Omit<CampaignRow, 'body'>): CampaignSummary {
  return {
    campaignId: `c${row.number}`,
    name: row.name,
    years: words(row.years).map(Number),
    levels: words(row.levels).map((level) => AdministrativeLevel.parse(level)),
    members: row.members,
    missing: row.missing,
    doubtful: row.doubtful,
    firstDate: row.first_date,
    lastDate: row.last_date,
  };
}
