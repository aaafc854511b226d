import type { Comparison, NoticeRef } from '../../models/comparison.ts';
import type { Target } from '../../models/facts.ts';
import type { Notice } from '../../models/notice.ts';
import { checkCalendar } from './calendar.ts';
import { compareDeadlines, deadlinesWithLimits, dueDay } from './compareDeadlines.ts';
import { compareItems } from './compareItems.ts';
import { compareTables } from './compareTables.ts';
import { compareContacts, compareTargets } from './compareTargets.ts';
import { alignItems, comparedItems, itemEntries, type SimilarityFunction } from './items.ts';
import { bureauOf, campaignNames, givenTokens } from './noticeWords.ts';
import { remitOf } from './remit.ts';
import { looseSentences, searchRunningText } from './runningText.ts';
import { alignSections, barePath, compareSections, type SectionAlignment, sectionEntries } from './sections.ts';

/** A notice to be compared and the file it came from. */
export interface ComparedNotice {
  readonly fileName: string;
  readonly notice: Notice;
  /** `Extraction.text`, for the places of what is found beyond the extracted items; without it they have none. */
  readonly text?: string;
}

export interface CompareOptions {
  /**
   * Closeness in meaning beyond words (an embedding model), 0..1 or null. Off by default. It may bring two items
   * together, but never makes them `kept`: what changed is still told from the words.
   */
  readonly similarity?: SimilarityFunction;
}

export function noticeRef({ fileName, notice }: ComparedNotice): NoticeRef {
  return {
    fileName,
    noticeId: notice.id,
    documentNumber: notice.documentNumber?.value ?? null,
    issuingBody: notice.issuingBody?.value ?? null,
    title: notice.title?.value ?? null,
    administrativeLevel: notice.administrativeLevel,
  };
}

/** The quantified goals; a figure of an item (存放超过100箱, 每学期至少1次) belongs to it. */
function goalsOf(notice: Notice): readonly Target[] {
  const { targets } = notice;
  const spans = comparedItems(notice).flatMap(({ evidence }) => evidence);
  const isWithinItem = (target: Target) =>
    target.evidence.some((own) => spans.some(({ start, end }) => start < own.end && own.start < end && start < end));
  return targets.filter((target) => !isWithinItem(target));
}

/** Where each left section is on the right. */
export function sectionMapOf(alignment: SectionAlignment): Map<string, string> {
  const map = new Map<string, string>();
  alignment.left.forEach((placed, i) => {
    const j = alignment.counterpart[i]!;
    if (j >= 0) map.set(barePath(placed.path), barePath(alignment.right[j]!.path));
  });
  return map;
}

/**
 * What the right notice (lower level, or later) kept, changed, dropped and added of the left one (upper, or earlier).
 * Any two notices can be compared. Pure: the same notices give the same comparison. A cover that passes on another
 * notice is to be given with its content (`effectiveNotice`).
 */
export function compareNotices(left: ComparedNotice, right: ComparedNotice, options: CompareOptions = {}): Comparison {
  const a = left.notice;
  const b = right.notice;
  const bureaus = [bureauOf(a), bureauOf(b)] as const;
  const sections = alignSections(sectionEntries(a.sections, bureaus[0]), sectionEntries(b.sections, bureaus[1]));
  const sectionMap = sectionMapOf(sections);
  const aligned = alignItems(itemEntries(a, bureaus[0]), itemEntries(b, bureaus[1]), sectionMap, options.similarity);
  const given = givenTokens(a, b);
  const items = searchRunningText(
    compareItems(aligned, sectionMap, { left: remitOf(a, b), right: remitOf(b, a) }, { given }),
    { notice: a, text: left.text, sentences: looseSentences(a, bureaus[0]) },
    { notice: b, text: right.text, sentences: looseSentences(b, bureaus[1]) },
    aligned.weights,
    { given },
  );
  const count = (change: 'kept' | 'modified' | 'dropped' | 'added') =>
    items.filter((item) => item.change === change).length;
  return {
    schemaVersion: 1,
    left: noticeRef(left),
    right: noticeRef(right),
    items,
    deadlines: compareDeadlines(deadlinesWithLimits(a, b), deadlinesWithLimits(b, a), {
      bureaus,
      names: campaignNames(a, b),
    }),
    targets: compareTargets(goalsOf(a), goalsOf(b), {
      left: new Set(a.deadlines.map(({ due }) => dueDay(due))),
      right: new Set(b.deadlines.map(({ due }) => dueDay(due))),
    }),
    contacts: compareContacts(a.contacts, b.contacts),
    tables: compareTables(a.attachments, b.attachments),
    sections: compareSections(sections),
    calendar: checkCalendar(a, b),
    summary: { kept: count('kept'), modified: count('modified'), dropped: count('dropped'), added: count('added') },
  };
}
