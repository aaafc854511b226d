import { evidenceAt, type Finding, type Notice, type ParsedSection } from '../models/index.ts';
import { parseNumeral } from '../models/text/numerals.ts';
import type { NoticeContext } from './context.ts';
import { textOf } from './context.ts';
import { queryFacts } from './factFindings.ts';
import { checkSeals } from './sealCheck.ts';

/** What a careful clerk would query in one notice; `outer` is the notice that passes it on. */
export function findQueries(context: NoticeContext, notice: Notice, outer: Notice | null): Finding[] {
  return [
    ...checkMentions(context, notice),
    ...queryFacts(
      notice,
      outer,
      context.notice.signatories.map((span) => textOf(context.flow, span)),
    ),
    ...checkSeals(context, notice),
    ...checkNumbering(context),
  ];
}

/** The body names an attachment that is not listed. */
function checkMentions({ flow, notice: parsed }: NoticeContext, notice: Notice): Finding[] {
  const findings: Finding[] = [];
  const known = new Set(notice.attachments.map((a, index) => a.number ?? index + 1));
  const seen = new Set<number>();
  for (const passage of parsed.passages) {
    const text = textOf(flow, passage);
    for (const match of text.matchAll(
      /[（(](?:详?见|按)?\s?附\s?件\s?(\d{1,2}|[一二三四五六七八九十]{1,2})\s?[）)]|(?:详?见|按照?|填报|填写)\s?附\s?件\s?(\d{1,2}|[一二三四五六七八九十]{1,2})(?!\d)/gu,
    )) {
      const number = parseNumeral(match[1] ?? match[2] ?? '');
      if (number === undefined || known.has(number) || seen.has(number)) continue;
      seen.add(number);
      findings.push({
        code: 'attachment-reference',
        severity: 'warning',
        message:
          known.size === 0
            ? `正文提到附件${number}，但本文没有附件。`
            : `正文提到附件${number}，但附件清单中没有此号。`,
        about: String(number),
        evidence: [
          evidenceAt(flow, { start: passage.start + match.index, end: passage.start + match.index + match[0].length }),
        ],
      });
    }
  }
  return findings;
}

/** A number skipped or repeated among the headings of one list (7.3.3). */
function checkNumbering({ flow, notice: parsed }: NoticeContext): Finding[] {
  const findings: Finding[] = [];
  const walk = (sections: readonly ParsedSection[]) => {
    const previous = new Map<string, number>();
    for (const section of sections) {
      const { manner, value, number } = section.marker;
      const last = previous.get(manner);
      // A list may begin anew (a second enclosed plan).
      if (last !== undefined && value !== last + 1 && value !== 1) {
        findings.push({
          code: 'heading-numbering',
          severity: 'info',
          message: value === last ? `层次序号“${number}”重复。` : `层次序号由第${last}项跳到“${number}”。`,
          evidence: [
            evidenceAt(flow, { start: section.start, end: Math.min(section.end, section.start + number.length + 1) }),
          ],
        });
      }
      previous.set(manner, value);
      walk(section.children);
    }
  };
  walk(parsed.sections);
  return findings;
}
