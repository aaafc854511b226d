import type { CampaignDetail, CampaignNotice } from '../../../models/api/campaign.ts';
import type { LineageNode } from '../../../models/index.ts';

export type Edition = CampaignDetail['editions'][number];

/** All nodes of trees, from the top down. */
export const nodesOf = (nodes: readonly LineageNode[]): LineageNode[] =>
  nodes.flatMap((node) => [node, ...nodesOf(node.children)]);

export interface Cascade {
  readonly upper: string;
  /** From the nearest level down. */
  readonly lowers: readonly string[];
}

/** The notice that has most others below it, and those; null where no notice has another below it. */
export function cascadeOf(edition: Edition, notices: readonly CampaignNotice[]): Cascade | null {
  const reports = new Set(notices.filter((notice) => notice.documentType === '报告').map((notice) => notice.id));
  const [top] = nodesOf(edition.roots)
    .filter((node) => !node.missing)
    .map((node) => ({
      upper: node.id,
      lowers: nodesOf(node.children)
        .filter((one) => !one.missing && !reports.has(one.id) && one.link?.relation !== 'correction')
        .map((one) => one.id),
    }))
    .filter(({ lowers }) => lowers.length > 0)
    .sort((a, b) => b.lowers.length - a.lowers.length);
  return top ?? null;
}

/** What a notice is called in a line. */
export const nameOf = (notice: CampaignNotice): string => notice.title ?? notice.fileName;

/** Address of a notice's page. */
export const pageOf = (notice: Pick<CampaignNotice, 'fileId' | 'noticeId'>): string =>
  `/files/${notice.fileId}/${notice.noticeId}`;
