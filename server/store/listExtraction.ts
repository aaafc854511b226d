import type { Knex } from 'knex';
import type { Correction, FileId } from '../../models/api/library.ts';
import { type Extraction, type Finding, Severity } from '../../models/index.ts';
import { correctExtraction } from './applyCorrections.ts';
import { saveNoticeRows } from './noticeRow.ts';
import { searchTokens } from './searchTokens.ts';

/**
 * Keeps what lists, calendars and searches show of a file, as people say that it is, in place of the former: its notices, its
 * findings, its words. Within the transaction that changes the extraction or a correction. `tokens`: of the text, where they
 * are known.
 */
export async function listExtraction(
  transaction: Knex.Transaction,
  fileId: FileId,
  read: Extraction,
  corrections: readonly Correction[],
  tokens = searchTokens(read.text),
): Promise<void> {
  const corrected = correctExtraction(read, corrections);
  await saveNoticeRows(transaction, fileId, corrected.notices);
  await transaction('extraction')
    .where('file_id', fileId)
    .update({ gravest_finding: gravest(corrected.findings), finding_count: corrected.findings.length });
  const file: { readonly seq: number } | undefined = await transaction('file').where('id', fileId).first('seq');
  if (file === undefined) return;
  const words = correctedWords(read, corrected).map(searchTokens);
  await transaction.raw('delete from file_search where rowid = ?', [file.seq]);
  await transaction.raw('insert into file_search (rowid, tokens) values (?, ?)', [
    file.seq,
    [tokens, ...words].join(' '),
  ]);
}

function gravest(findings: readonly Finding[]): Severity | null {
  const severities = new Set(findings.map((finding) => finding.severity));
  return Severity.options.find((severity) => severities.has(severity)) ?? null;
}

/** What people put in that is not in the text: names, numbers and words that are to be found by. */
function correctedWords(read: Extraction, corrected: Extraction): readonly string[] {
  const words = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      if (/\p{Script=Han}|\d{4}/u.test(value) && !read.text.includes(value)) words.add(value);
    } else if (Array.isArray(value)) for (const item of value) collect(item);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) if (key !== 'evidence') collect(inner);
    }
  };
  for (const [index, notice] of corrected.notices.entries()) {
    const was: object | undefined = read.notices[index];
    if (was === notice) continue;
    const before = new Map(Object.entries(was ?? {}));
    for (const [field, value] of Object.entries(notice)) if (before.get(field) !== value) collect(value);
  }
  return [...words];
}
