import type { Correction, FileId, NoticeSummary } from '../../models/api/library.ts';
import type { Extraction, Notice } from '../../models/index.ts';
import { knownNumbers, maskExtraction, maskStrings } from '../maskContacts.ts';
import type { Store } from '../store/store.ts';

/** A notice with all that an export says of it. */
export interface ExportedNotice {
  readonly summary: NoticeSummary;
  readonly notice: Notice;
  /** Of the whole file, with the first of its notices; none where one of them was left out, of which they may speak. */
  readonly findings: Extraction['findings'];
  /** Those that hold; the notice is as they say. */
  readonly corrections: readonly Correction[];
  readonly extractorVersion: string;
  readonly extractedAt: string;
}

/** The facts of notices, one after the other, masked where the setting says so. What was removed meanwhile is left out. */
export async function* readFacts(
  store: Store,
  summaries: readonly NoticeSummary[],
  isMasked: boolean,
): AsyncGenerator<ExportedNotice> {
  const chosen = new Set(summaries.map(({ fileId, noticeId }) => `${fileId} ${noticeId}`));
  const begun = new Set<FileId>();
  for (const summary of summaries) {
    const { fileId, noticeId } = summary;
    if ((await store.findFile(fileId)) === undefined) continue;
    const stored = await store.findExtraction(fileId);
    if (stored === undefined) continue;
    const extraction = isMasked ? maskExtraction(stored.extraction) : stored.extraction;
    const notice = extraction.notices.find((one) => one.id === noticeId);
    if (notice === undefined) continue;
    const known = knownNumbers(stored.extraction.notices.flatMap((one) => one.contacts));
    const isFirst = !begun.has(fileId);
    const isWhole = extraction.notices.every(({ id }) => chosen.has(`${fileId} ${id}`));
    begun.add(fileId);
    const { items } = await store.listCorrections(fileId, noticeId);
    const corrections = items.filter((one) => one.withdrawnAt === null);
    yield {
      summary: isMasked ? maskStrings(summary, known) : summary,
      notice,
      findings: isFirst && isWhole ? extraction.findings : [],
      corrections: isMasked ? maskStrings(corrections, known) : corrections,
      extractorVersion: stored.extractorVersion,
      extractedAt: stored.extractedAt,
    };
  }
}
