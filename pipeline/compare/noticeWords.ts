import { agencyKind, wordTokens } from '../../extractors/lexicon/wording.ts';
import type { Notice } from '../../models/notice.ts';
import { foldWidth } from '../../models/text/fold.ts';

/** What goes without saying in a notice: whose it is and what it is about. */

/** The kind of the body that issued a notice: what 省局 and 市局 mean in it. */
export const bureauOf = (notice: Notice) => agencyKind(notice.issuingBody?.value ?? '');

/** The names of the campaigns that two notices are about, the longest first. */
export function campaignNames(...notices: readonly Notice[]): string[] {
  const names = notices.flatMap((notice) => (notice.campaign === null ? [] : [notice.campaign.name]));
  return [...new Set(names)].sort((x, y) => y.length - x.length);
}

/** The words of the campaign's name: in its notices they go without saying. */
export function givenTokens(...notices: readonly Notice[]): Set<string> {
  // Single characters too: 瓶装气 is short for 瓶装液化石油气.
  return new Set(campaignNames(...notices).flatMap((name) => [...wordTokens(name), ...foldWidth(name)]));
}
