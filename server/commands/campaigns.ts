import { CampaignId, type CampaignNotice, type CampaignSummary } from '../../models/api/campaign.ts';
import { HongtouError, type LineageNode, type MissingDocument } from '../../models/index.ts';
import { regionGaps } from '../../pipeline/campaign/regionGaps.ts';
import type { StoredCampaign } from '../campaigns/campaignStore.ts';
import { type Library, openLibrary } from '../library.ts';
import { maskStrings } from '../maskContacts.ts';
import type { Command } from './command.ts';

const levelWords = { national: '国家', provincial: '省', prefectural: '市', county: '县', township: '乡' } as const;

export const campaigns: Command = {
  usage: 'campaigns [CAMPAIGN] [--data DIR] [--json]',
  summary: 'the campaigns of the library; of one, its years with who passed on whose notice, and what is missing',
  options: { json: { type: 'boolean' } },
  arguments: [0, 1],
  async run({ positionals, flags, config, io }) {
    const library = await openLibrary(config);
    const shown = <T>(value: T): T => (config.maskContacts ? maskStrings(value) : value);
    try {
      await library.campaigns.linkPending();
      const [id] = positionals;
      if (id !== undefined) {
        const campaign = CampaignId.safeParse(id).success ? await library.campaigns.findCampaign(id) : undefined;
        if (campaign === undefined) throw new HongtouError('NOT_FOUND', { what: `Campaign ${id}` });
        const notices = await library.campaigns.noticesOf(campaign.campaignId);
        const editions = campaign.editions.map((edition) => ({
          ...edition,
          gaps: regionGaps(edition, library.regions),
        }));
        await io.out(
          flags.json === true
            ? `${JSON.stringify(shown({ ...campaign, editions, notices }), null, 2)}\n`
            : shown(treeText({ ...campaign, editions }, notices, library)),
        );
        return 0;
      }
      const all = await everyCampaign(library);
      if (flags.json === true) await io.out(all.map((one) => `${JSON.stringify(shown(one))}\n`).join(''));
      else await io.out(all.length === 0 ? '库中的公文没有提到专项行动\n' : all.map(lineOf).join(''));
      return 0;
    } finally {
      await library.close();
    }
  },
};

async function everyCampaign(library: Library): Promise<readonly CampaignSummary[]> {
  const found: CampaignSummary[] = [];
  for (;;) {
    const page = await library.campaigns.listCampaigns({ limit: 500, offset: found.length });
    found.push(...page.items);
    if (page.items.length === 0 || found.length >= page.total) return found;
  }
}

/** c3  某某行动  2025、2026年  12件（省市县）  缺2件 */
export function lineOf(one: CampaignSummary): string {
  const years = one.years.length === 0 ? '' : `  ${one.years.join('、')}年`;
  const levels = one.levels.map((level) => levelWords[level]).join('');
  const missing = one.missing === 0 ? '' : `  未入库${one.missing}件`;
  const doubtful = one.doubtful === 0 ? '' : `  待核对关联${one.doubtful}条`;
  return `${one.campaignId.padEnd(6)}${one.name}${years}  ${one.members}件${levels && `（${levels}）`}${missing}${doubtful}\n`;
}

function treeText(
  campaign: StoredCampaign,
  notices: readonly CampaignNotice[],
  { regions }: Pick<Library, 'regions'>,
): string {
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  const missing = new Map(campaign.missingDocuments.map((document) => [document.id, document]));
  const lines = [`${campaign.campaignId}  ${campaign.name}`];
  const visit = (node: LineageNode, depth: number) => {
    const pad = '    '.repeat(depth);
    const level = node.administrativeLevel === null ? '' : `[${levelWords[node.administrativeLevel]}] `;
    lines.push(`${pad}${level}${nameOf(node, byId, missing)}`);
    if (node.link !== null) lines.push(`${pad}    ← ${node.link.why}（${Math.round(node.link.confidence * 100)}%）`);
    for (const copy of node.copies) lines.push(`${pad}    = ${byId.get(copy)?.fileName ?? copy}（同一文件）`);
    for (const child of node.children) visit(child, depth + 1);
  };
  for (const edition of campaign.editions) {
    lines.push('', `${edition.year ?? '年份未知'}  ${edition.name}`);
    for (const root of edition.roots) visit(root, 1);
    for (const { upper, silent } of regionGaps(edition, regions)) {
      if (silent.length === 0) continue;
      const names = silent.slice(0, 12).map(({ name }) => name);
      const more = silent.length > names.length ? `等${silent.length}个` : '';
      lines.push(`    未见印发（${upper?.name ?? '全国'}下属）：${names.join('、')}${more}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function nameOf(
  node: LineageNode,
  notices: ReadonlyMap<string, CampaignNotice>,
  missing: ReadonlyMap<string, MissingDocument>,
): string {
  const document = missing.get(node.id);
  if (document !== undefined) {
    return `（未入库）${[document.issuingBody, document.title, document.documentNumber].filter(Boolean).join('　')}`;
  }
  const notice = notices.get(node.id);
  if (notice === undefined) return node.id;
  const { documentNumber, title, issueDate, fileId, noticeId } = notice;
  return [title ?? notice.fileName, documentNumber, issueDate, `${fileId.slice(0, 12)}#${noticeId}`]
    .filter(Boolean)
    .join('　');
}
