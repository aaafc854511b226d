import { z } from 'zod';
import { Evidence } from './evidence.ts';
import { AdministrativeLevel, Region } from './notice.ts';

/**
 * Campaigns over many notices: which notices belong together, which came from which, in which year, and which are
 * cited but not here. (`Campaign` in facts.ts is what one notice says of its campaign.)
 */

export const LinkRelation = z
  .enum(['implements', 'forwards', 'renews', 'duplicate', 'reissue', 'correction', 'same-campaign', 'cites'])
  .meta({
    id: 'LinkRelation',
    title: '关系',
    description:
      'From the lower or later notice to the upper or earlier one. implements 贯彻落实; forwards 转发; renews 下一年度; ' +
      'duplicate 同一文件的不同来源; reissue 重新印发; correction 更正或补充; same-campaign 同一专项行动; cites 引用 (joins nothing).',
  });
export type LinkRelation = z.infer<typeof LinkRelation>;

export const CampaignLink = z
  .object({
    from: z.string().meta({ description: 'Id of a member: the lower or later notice.' }),
    to: z.string().meta({ description: 'Id of a member or of a missing document.' }),
    relation: LinkRelation,
    confidence: z.number().min(0).max(1),
    stated: z.boolean().meta({ description: 'The notice itself says so; else it was concluded.' }),
    why: z.string().meta({ description: 'The reason, for people.' }),
    evidence: z.array(Evidence).readonly().meta({ description: 'Places in `from`.' }),
    decision: z.enum(['confirmed', 'added']).nullable().meta({ description: 'What a person said of it.' }),
  })
  .readonly()
  .meta({ id: 'CampaignLink', title: '关联' });
export type CampaignLink = z.infer<typeof CampaignLink>;

/** What a person decided; it stands over whatever is extracted later. */
export const LinkDecision = z
  .object({
    decision: z.enum(['confirm', 'cut', 'add', 'exclude']).meta({
      description:
        'exclude: the notice `from` has no part in the campaign in which `to` stands. To put one in, add a same-campaign link.',
    }),
    from: z.string(),
    to: z.string(),
    relation: LinkRelation.optional().meta({ description: 'For add, and to correct the relation with confirm.' }),
  })
  .readonly()
  .meta({ id: 'LinkDecision', title: '人工决定' });
export type LinkDecision = z.infer<typeof LinkDecision>;

/** A document that notices cite and that is not in the library, with all that is known of it. */
export const MissingDocument = z
  .object({
    id: z.string(),
    documentNumber: z.string().nullable(),
    title: z.string().nullable(),
    issuingBody: z.string().nullable(),
    administrativeLevel: AdministrativeLevel.nullable(),
    region: Region.nullable(),
    year: z.int().nullable(),
    citedBy: z.array(z.object({ id: z.string(), evidence: z.array(Evidence).readonly() }).readonly()).readonly(),
  })
  .readonly()
  .meta({ id: 'MissingDocument', title: '未入库文件' });
export type MissingDocument = z.infer<typeof MissingDocument>;

/** A notice (or a missing document) in the tree from the nation to the townships. */
export const LineageNode = z
  .object({
    id: z.string(),
    missing: z.boolean(),
    administrativeLevel: AdministrativeLevel.nullable(),
    region: Region.nullable(),
    link: CampaignLink.nullable().meta({ description: 'Why it stands under its parent; null for a root.' }),
    copies: z.array(z.string()).readonly().meta({ description: 'The same notice from other sources.' }),
    get children(): z.ZodReadonly<z.ZodArray<typeof LineageNode>> {
      return z.array(LineageNode).readonly();
    },
  })
  .meta({ id: 'LineageNode', title: '传达脉络' });
export type LineageNode = z.infer<typeof LineageNode>;

/** One year of a campaign: the renewal of the next year is the next edition of the same campaign. */
export const CampaignEdition = z
  .object({
    year: z.int().nullable(),
    name: z.string(),
    members: z.array(z.string()).readonly(),
    roots: z.array(LineageNode).readonly(),
  })
  .readonly()
  .meta({ id: 'CampaignEdition', title: '年度行动' });
export type CampaignEdition = z.infer<typeof CampaignEdition>;

/** Which of the divisions right below one have issued a notice of a campaign, and which have not. */
export const RegionGap = z
  .object({
    upper: Region.nullable().meta({ description: 'null: the nation.' }),
    level: AdministrativeLevel.meta({ description: 'The level below it.' }),
    issued: z.array(Region).readonly(),
    silent: z.array(Region).readonly(),
  })
  .readonly()
  .meta({ id: 'RegionGap', title: '未见印发' });
export type RegionGap = z.infer<typeof RegionGap>;

export const LinkedCampaign = z
  .object({
    id: z.string(),
    name: z.string(),
    editions: z.array(CampaignEdition).readonly().meta({ description: 'Earliest first.' }),
  })
  .readonly()
  .meta({ id: 'LinkedCampaign', title: '专项行动' });
export type LinkedCampaign = z.infer<typeof LinkedCampaign>;

/** Notices that are versions of one: the same from two sources, a re-issue, a correction. */
export const VersionGroup = z
  .object({
    kind: z.enum(['duplicate', 'reissue', 'correction']),
    members: z.array(z.string()).readonly().meta({ description: 'Earliest first; the last is in force.' }),
  })
  .readonly()
  .meta({ id: 'VersionGroup', title: '同一文件的版本' });
export type VersionGroup = z.infer<typeof VersionGroup>;

export const CampaignLinks = z
  .object({
    campaigns: z.array(LinkedCampaign).readonly(),
    links: z.array(CampaignLink).readonly(),
    missing: z.array(MissingDocument).readonly(),
    versions: z.array(VersionGroup).readonly(),
  })
  .readonly()
  .meta({ id: 'CampaignLinks', title: '专项行动脉络' });
export type CampaignLinks = z.infer<typeof CampaignLinks>;
