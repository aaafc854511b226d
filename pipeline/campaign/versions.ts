import type { CampaignLink, VersionGroup } from '../../models/campaign.ts';
import type { Section } from '../../models/notice.ts';
import { foldText } from '../../models/text/fold.ts';
import { daysBetween, type Entry } from './members.ts';

/** Versions of one notice: the same from two sources, issued again, corrected. */

const correctionWords = /更正|勘误|修订|修改|补充通知|调整|重新印发|变更/;
/** A body does not issue the same notice again later than this without meaning a new year. */
const versionDays = 150;
/** Share of five-character runs that two copies of one notice have in common, whatever their source did to them. */
const copyLikeness = 0.8;

const bodyText = (sections: readonly Section[]): string =>
  sections.map((section) => `${section.title ?? ''}${section.text}${bodyText(section.children)}`).join('');

function runsOf(entry: Entry): Set<string> {
  const text = foldText(bodyText(entry.notice.sections)).replace(/[^\p{L}\p{N}]/gu, '');
  const runs = new Set<string>();
  for (let i = 0; i + 5 <= text.length; i += 1) runs.add(text.slice(i, i + 5));
  return runs;
}

function likeness(a: Entry, b: Entry): number {
  const x = runsOf(a);
  const y = runsOf(b);
  if (x.size === 0 || y.size === 0) return x.size === y.size ? 1 : 0;
  let shared = 0;
  for (const run of x) if (y.has(run)) shared += 1;
  return shared / Math.max(1, x.size + y.size - shared);
}

/** Links from a version to the one before it, and the groups that they make. */
export function linkVersions(entries: readonly Entry[]): { links: CampaignLink[]; versions: VersionGroup[] } {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    // One number is one notice; without a number, one body and one title.
    const keys = [
      entry.number === null ? null : `n:${entry.number}`,
      entry.body === null || entry.title === null ? null : `t:${entry.body}|${plainTitle(entry.title)}`,
    ];
    for (const key of keys) if (key !== null) groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const links: CampaignLink[] = [];
  const linked = new Set<string>();
  const versions = new Map<string, Set<string>>();
  for (const group of groups.values()) {
    const ordered = [...group].sort((a, b) => (a.date ?? '').localeCompare(b.date ?? '') || a.id.localeCompare(b.id));
    for (let i = 1; i < ordered.length; i++) {
      const [before, after] = [ordered[i - 1]!, ordered[i]!];
      if (linked.has(`${after.id}|${before.id}`) || after.id === before.id) continue;
      const relation = relationOf(before, after);
      if (relation === null) continue;
      linked.add(`${after.id}|${before.id}`);
      links.push({
        from: after.id,
        to: before.id,
        ...relation,
        evidence: after.notice.title?.evidence ?? [],
        decision: null,
      });
      const set = versions.get(before.id) ?? new Set([before.id]);
      set.add(after.id);
      versions.set(before.id, set);
      versions.set(after.id, set);
    }
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const kinds = new Map(links.map((link) => [link.from, link.relation]));
  const versionGroups = [...new Set(versions.values())].map((set): VersionGroup => {
    const members = [...set].sort(
      (a, b) => (byId.get(a)!.date ?? '').localeCompare(byId.get(b)!.date ?? '') || a.localeCompare(b),
    );
    const relations = members.map((id) => kinds.get(id));
    const kind = relations.includes('correction')
      ? 'correction'
      : relations.includes('reissue')
        ? 'reissue'
        : 'duplicate';
    return { kind, members };
  });
  return { links, versions: versionGroups };
}

/** A title without the words that only say it is a correction of itself. */
const plainTitle = (title: string) =>
  title.replace(/更正|勘误|修订|补充|调整|重新印发|的通知|通知|\(.*?\)|印发|关于/g, '');

function relationOf(
  before: Entry,
  after: Entry,
): { relation: 'duplicate' | 'reissue' | 'correction'; confidence: number; why: string } | null {
  const days = daysBetween(before.date, after.date);
  if (days !== null && days > versionDays) return null;
  const title = after.notice.title?.value ?? '';
  if (correctionWords.test(title) && !correctionWords.test(before.notice.title?.value ?? '')) {
    return { relation: 'correction', confidence: 0.85, why: `同一机关发文，标题“${title}”含更正、修订或补充字样` };
  }
  const alike = likeness(before, after);
  const sameNumber = before.number !== null && before.number === after.number;
  if (sameNumber || (before.number === null || after.number === null ? alike >= copyLikeness : false)) {
    if (alike >= copyLikeness) {
      const why = sameNumber
        ? `文号相同（${after.notice.documentNumber?.value}），正文基本一致`
        : '发文机关、标题相同，正文基本一致';
      return { relation: 'duplicate', confidence: sameNumber ? 0.98 : 0.85, why };
    }
    return sameNumber
      ? { relation: 'reissue', confidence: 0.7, why: `文号相同（${after.notice.documentNumber?.value}），正文有出入` }
      : null;
  }
  if (before.title !== null && before.title === after.title && before.number !== after.number) {
    return { relation: 'reissue', confidence: 0.7, why: '同一机关以不同文号发出同题文件' };
  }
  return null;
}
