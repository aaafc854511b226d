import type {
  Agenda,
  CampaignNotice,
  CampaignSummary,
  NewLinkDecision,
  StoredLinkDecision,
} from '../../models/api/campaign.ts';
import type { CampaignEdition, CampaignLink, MissingDocument, VersionGroup } from '../../models/index.ts';
import type { RegionIndex } from '../../models/text/regions.ts';
import type { Database } from '../store/database.ts';
import type { Actor, Page } from '../store/store.ts';
import { campaignFaults, mendCampaigns } from './checkCampaigns.ts';
import { decisionMethods } from './decisions.ts';
import { readMethods } from './reading.ts';
import { relinkMethods } from './relink.ts';

export interface CampaignQuery {
  /** Words of the name. */
  readonly q?: string | undefined;
  readonly year?: number | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** A campaign as it is kept. */
export interface StoredCampaign extends CampaignSummary {
  readonly editions: readonly CampaignEdition[];
  readonly links: readonly CampaignLink[];
  readonly missingDocuments: readonly MissingDocument[];
  readonly versions: readonly VersionGroup[];
}

/** What linking changed. */
export interface LinkOutcome {
  /** Files whose notices were linked anew. */
  readonly files: number;
  /** Campaigns that have these files' notices now, by member. */
  readonly campaignOf: ReadonlyMap<string, CampaignSummary>;
  /** Files that still wait. */
  readonly left: number;
}

/**
 * The campaigns of a library. What notices say is linked incrementally: files that were read, deleted or restored are
 * noted by the database itself, and `linkPending` looks only at what a change can touch. What people decided is kept
 * apart and put over whatever is found.
 */
export interface CampaignStore {
  /** Links what changed since. It can be stopped at any time; what is left is left for the next. */
  linkPending(signal?: AbortSignal): Promise<LinkOutcome>;
  countPending(): Promise<number>;
  /** Latest first. */
  listCampaigns(query: CampaignQuery): Promise<Page<CampaignSummary>>;
  findCampaign(campaignId: string): Promise<StoredCampaign | undefined>;
  /** The campaign of a notice. */
  campaignOf(member: string): Promise<CampaignSummary | undefined>;
  noticesOf(campaignId: string): Promise<readonly CampaignNotice[]>;
  agendasOf(campaignId: string): Promise<ReadonlyMap<string, Agenda>>;
  /** Decisions on links of these members, undone ones as well, in the order they were made. */
  listDecisions(members: readonly string[]): Promise<readonly StoredLinkDecision[]>;
  /** Notes what somebody says of a link, and links anew what it touches. Throws NOT_FOUND, NOT_ALLOWED. */
  decide(decision: NewLinkDecision, actor: Actor): Promise<StoredLinkDecision>;
  /** Takes a decision back. Throws NOT_FOUND. */
  undo(decisionId: number, actor: Actor): Promise<StoredLinkDecision>;
  /** One line for each thing in which campaigns, notices and extractions disagree; `repair` makes it anew. */
  check(repair: boolean): Promise<readonly string[]>;
}

export interface CampaignStoreOptions {
  readonly database: Database;
  readonly regions: RegionIndex;
  readonly now?: () => Date;
}

export function campaignStore({ database, regions, now = () => new Date() }: CampaignStoreOptions): CampaignStore {
  const relink = relinkMethods(database, regions);
  return {
    ...readMethods(database),
    ...decisionMethods(database, now, relink.relinkMembers),
    linkPending: relink.linkPending,
    countPending: relink.countPending,
    async check(repair) {
      const faults = await campaignFaults(database, regions);
      if (repair && faults.length > 0) {
        await mendCampaigns(database, faults);
        await relink.linkPending();
      }
      return faults.map(({ fault }) => fault);
    },
  };
}
