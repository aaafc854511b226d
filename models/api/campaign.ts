import { z } from 'zod';
import {
  AdministrativeLevel,
  CampaignEdition,
  CampaignLink,
  Contact,
  Deadline,
  IsoDate,
  LinkDecision,
  LinkRelation,
  MissingDocument,
  Phase,
  Region,
  RegionGap,
  VersionGroup,
} from '../index.ts';
import { FileId } from './library.ts';

/** What the library keeps of campaigns and the API answers. The shapes of linking itself are in models/campaign.ts. */

export const CampaignId = z
  .string()
  .regex(/^c[1-9]\d{0,9}$/)
  .meta({
    id: 'CampaignId',
    title: '专项行动编号',
    description: 'It stays when notices come in; that of a campaign that became part of another leads to the other.',
  });
export type CampaignId = z.infer<typeof CampaignId>;

/** `fileId.n1`: a notice of the library, as addresses of comparisons name it. */
export const MemberId = z
  .string()
  .regex(/^[0-9a-f]{64}\.n\d{1,4}$/)
  .meta({ id: 'MemberId', title: '公文', description: 'FILE.n1: a notice of a file.' });

export const memberId = (fileId: string, noticeId: string): string => `${fileId}.${noticeId}`;

/** One campaign in a list. */
export const CampaignSummary = z
  .object({
    campaignId: CampaignId,
    name: z.string(),
    years: z.array(z.int()).readonly(),
    levels: z.array(AdministrativeLevel).readonly().meta({ description: 'Levels of its notices, highest first.' }),
    members: z.int(),
    missing: z.int().meta({ description: 'Cited documents in its trees that are not in the library.' }),
    doubtful: z.int().meta({ description: 'Links of little confidence that nobody has confirmed.' }),
    firstDate: z.string().nullable(),
    lastDate: z.string().nullable(),
  })
  .readonly()
  .meta({ id: 'CampaignSummary', title: '专项行动' });
export type CampaignSummary = z.infer<typeof CampaignSummary>;

/** A notice in a campaign, as much as a tree or a timeline shows of it. */
export const CampaignNotice = z
  .object({
    id: MemberId,
    fileId: FileId,
    noticeId: z.string(),
    fileName: z.string(),
    documentType: z.string().nullable(),
    documentNumber: z.string().nullable(),
    title: z.string().nullable(),
    issuingBody: z.string().nullable(),
    administrativeLevel: AdministrativeLevel.nullable(),
    region: Region.nullable(),
    issueDate: z.string().nullable(),
    restricted: z.boolean(),
    campaign: z.string().nullable().meta({ description: 'As the notice names it.' }),
    startDate: z.string().nullable(),
    endDate: z.string().nullable(),
    phases: z.array(Phase).readonly(),
    deadlines: z.int(),
    focusItems: z.int(),
  })
  .readonly()
  .meta({ id: 'CampaignNotice', title: '行动公文' });
export type CampaignNotice = z.infer<typeof CampaignNotice>;

/** What a notice asks for, and who answers questions on it. */
export const Agenda = z
  .object({ deadlines: z.array(Deadline).readonly(), contacts: z.array(Contact).readonly() })
  .readonly();
export type Agenda = z.infer<typeof Agenda>;

export const NewLinkDecision = z
  .strictObject({
    decision: LinkDecision.unwrap().shape.decision,
    from: MemberId,
    to: z.string().min(1).max(500).meta({ description: 'A notice (FILE.n1), or a missing document (missing:…).' }),
    relation: LinkRelation.exclude(['cites']).optional(),
    note: z.string().max(2_000).nullable().default(null).meta({ description: 'Why.' }),
  })
  .readonly()
  .meta({ id: 'NewLinkDecision', title: '新的人工决定' });
export type NewLinkDecision = z.infer<typeof NewLinkDecision>;

export const StoredLinkDecision = z
  .object({
    decisionId: z.int(),
    decision: LinkDecision.unwrap().shape.decision,
    from: z.string(),
    to: z.string(),
    relation: LinkRelation.nullable(),
    note: z.string().nullable(),
    actor: z.string(),
    at: z.string(),
    undoneAt: z.string().nullable(),
    undoneBy: z.string().nullable(),
  })
  .readonly()
  .meta({ id: 'StoredLinkDecision', title: '人工决定记录' });
export type StoredLinkDecision = z.infer<typeof StoredLinkDecision>;

/** One campaign whole. */
export const CampaignDetail = CampaignSummary.unwrap()
  .extend({
    editions: z
      .array(
        CampaignEdition.unwrap()
          .extend({ gaps: z.array(RegionGap).readonly().meta({ description: 'Who has issued nothing.' }) })
          .readonly(),
      )
      .readonly()
      .meta({ description: 'Earliest first.' }),
    notices: z.array(CampaignNotice).readonly(),
    links: z.array(CampaignLink).readonly(),
    missingDocuments: z.array(MissingDocument).readonly(),
    versions: z.array(VersionGroup).readonly(),
    decisions: z.array(StoredLinkDecision).readonly().meta({ description: 'Of its notices; undone ones as well.' }),
    subscription: z.string().meta({
      description: 'Address of the calendar for programs that cannot sign in; it carries a key of its own.',
    }),
  })
  .readonly()
  .meta({ id: 'CampaignDetail', title: '专项行动详情' });
export type CampaignDetail = z.infer<typeof CampaignDetail>;

/** One thing that is owed on one day. */
export const CampaignDue = z
  .object({
    date: IsoDate.meta({ description: 'As the notice says it.' }),
    workingDay: IsoDate.nullable().meta({
      description: 'The last working day up to it; null where the holidays of that year are not announced.',
    }),
    time: z.string().nullable(),
    notice: MemberId,
    fileId: FileId,
    noticeId: z.string(),
    documentNumber: z.string().nullable(),
    noticeTitle: z.string().nullable(),
    issuingBody: z.string().nullable(),
    administrativeLevel: AdministrativeLevel.nullable(),
    deadline: Deadline,
  })
  .readonly()
  .meta({ id: 'CampaignDue', title: '行动日程' });
export type CampaignDue = z.infer<typeof CampaignDue>;

export const CampaignContact = z
  .object({
    notice: MemberId,
    issuingBody: z.string().nullable(),
    administrativeLevel: AdministrativeLevel.nullable(),
    contact: Contact,
  })
  .readonly()
  .meta({ id: 'CampaignContact', title: '行动联系人' });
export type CampaignContact = z.infer<typeof CampaignContact>;
