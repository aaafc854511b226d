import { CampaignId, type CampaignNotice } from '../../models/api/campaign.ts';
import { type AdministrativeLevel, HongtouError, type LineageNode } from '../../models/index.ts';
import type { ComparedNotice } from '../../pipeline/compare/compareNotices.ts';
import { effectiveNotice } from '../../pipeline/compare/effectiveNotice.ts';
import type { Library } from '../library.ts';

/** A campaign of which one notice is set against those below it. */
export interface CampaignCascade {
  readonly name: string;
  readonly upper: CampaignNotice;
  /** Below it in the tree, from the nearest level down; copies, corrections and reports left out. */
  readonly lowers: readonly CampaignNotice[];
}

export interface CascadeChoice {
  /** The year of the edition; the latest that has an upper notice with others below where not given. */
  readonly year?: number | undefined;
  /** Id of the upper notice, or its beginning; the one with most below it where not given. */
  readonly upper?: string | undefined;
  /** Only lower notices of this level, whatever levels stand between. */
  readonly level?: AdministrativeLevel | undefined;
  /** Code of a division or its beginning: only lower notices from there, and, where it is not named, an upper one. */
  readonly region?: string | undefined;
}

/** The upper notice of a campaign in the library and those that came of it. Throws NOT_FOUND. */
export async function campaignCascade(
  library: Pick<Library, 'campaigns'>,
  campaignId: string,
  { year, upper, level, region = '' }: CascadeChoice = {},
): Promise<CampaignCascade> {
  const campaign = CampaignId.safeParse(campaignId).success
    ? await library.campaigns.findCampaign(campaignId)
    : undefined;
  if (campaign === undefined) throw new HongtouError('NOT_FOUND', { what: `Campaign ${campaignId}` });
  const notices = new Map((await library.campaigns.noticesOf(campaign.campaignId)).map((one) => [one.id, one]));
  const nodes = campaign.editions
    .filter((edition) => year === undefined || edition.year === year)
    .toReversed()
    .map((edition) => edition.roots.flatMap(withDescendants));
  const code = region.replace(/(?:00)+$/, '');
  const isThere = (node: LineageNode) => code === '' || (node.region?.code ?? '').startsWith(code);
  const isAsked = (node: LineageNode) =>
    !node.missing && (upper === undefined ? isThere(node) : node.id.startsWith(upper));
  const isLower = (node: LineageNode) =>
    !node.missing &&
    isThere(node) &&
    (level === undefined || node.administrativeLevel === level) &&
    (node.link?.relation === 'implements' || node.link?.relation === 'forwards') &&
    notices.get(node.id)?.documentType !== '报告';
  for (const edition of nodes) {
    const [top] = edition
      .filter(isAsked)
      .map((node) => ({ node, below: node.children.flatMap(withDescendants).filter(isLower) }))
      .filter(({ below }) => below.length > 0)
      .sort((a, b) => b.below.length - a.below.length);
    const notice = top && notices.get(top.node.id);
    if (top === undefined || notice === undefined) continue;
    return { name: campaign.name, upper: notice, lowers: top.below.flatMap(({ id }) => notices.get(id) ?? []) };
  }
  throw new HongtouError('NOT_FOUND', { what: `A notice of campaign ${campaignId} with others below it` });
}

const withDescendants = (node: LineageNode): LineageNode[] => [node, ...node.children.flatMap(withDescendants)];

/** A notice of a campaign, ready to be compared. Throws NOT_FOUND, NOT_READ_YET. */
export async function comparedMember(
  { store }: Pick<Library, 'store'>,
  { fileId, noticeId, fileName }: CampaignNotice,
): Promise<ComparedNotice> {
  const stored = await store.findExtraction(fileId);
  if (stored === undefined) throw new HongtouError('NOT_READ_YET', { fileName });
  const { notices, text } = stored.extraction;
  const notice = notices.find((one) => one.id === noticeId);
  if (notice === undefined) throw new HongtouError('NOT_FOUND', { what: `Notice ${noticeId} of "${fileName}"` });
  return { fileName, notice: effectiveNotice(notice, notices), text };
}
