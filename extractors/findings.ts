import { evidenceAt, type Finding, type Notice, type ParsedSection } from '../models/index.ts';
import { addMonths } from '../models/text/dates.ts';
import { findDocumentNumbers } from '../models/text/documentNumber.ts';
import { parseNumeral } from '../models/text/numerals.ts';
import type { NoticeContext } from './context.ts';
import { textOf } from './context.ts';
import { sameBody } from './identity.ts';
import { checkSeals } from './sealCheck.ts';

type Check = (context: NoticeContext, notice: Notice, outer: Notice | null) => Finding[];

/** What a careful clerk would query in one notice; `outer` is the notice that passes it on. */
export function findQueries(context: NoticeContext, notice: Notice, outer: Notice | null): Finding[] {
  const checks: readonly Check[] = [
    checkAttachments,
    checkDates,
    checkConflicts,
    checkNumber,
    checkIssuer,
    checkSeals,
    checkNumbering,
    checkContacts,
    checkTotals,
  ];
  return checks.flatMap((check) => check(context, notice, outer));
}

/** The body names an attachment that is not listed, or the list one that is not there. */
const checkAttachments: Check = ({ flow, notice: parsed }, notice) => {
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
        evidence: [
          evidenceAt(flow, { start: passage.start + match.index, end: passage.start + match.index + match[0].length }),
        ],
      });
    }
  }
  const anyPresent = notice.attachments.some((a) => a.present);
  for (const attachment of notice.attachments) {
    if (attachment.present || !anyPresent) continue;
    findings.push({
      code: 'attachment-reference',
      severity: 'warning',
      message: `附件“${attachment.title}”列在附件说明中，但本文件中没有其内容。`,
      evidence: attachment.evidence,
    });
  }
  return findings;
};

/** Dates that had passed on the day of issue, or when a notice was passed on; a final summary before the end. */
const checkDates: Check = (_context, notice, outer) => {
  const findings: Finding[] = [];
  const issued = notice.issueDate?.value ?? null;
  const passedOn = outer?.issueDate?.value ?? null;
  const end = notice.campaign?.endDate ?? null;
  for (const deadline of notice.deadlines) {
    if (deadline.due.kind !== 'date') continue;
    const { date } = deadline.due;
    if (issued !== null && date < issued && !(deadline.assumed.includes('year') && addMonths(date, 4) < issued)) {
      findings.push({
        code: 'deadline-before-issue',
        severity: 'error',
        message: `“${deadline.task}”的期限${date}早于成文日期${issued}。`,
        evidence: deadline.evidence,
      });
    } else if (passedOn !== null && date < passedOn) {
      findings.push({
        code: 'deadline-before-issue',
        severity: 'warning',
        message: `“${deadline.task}”的期限${date}在${passedOn}转发时已过。`,
        evidence: deadline.evidence,
      });
    }
    const final = /总结/u.test(deadline.task) && !/阶段|半年|季度|年中|上半年|初步/u.test(deadline.task);
    if (end !== null && final && date.slice(0, end.length) < end) {
      findings.push({
        code: 'deadline-before-campaign-end',
        severity: 'warning',
        message: `工作总结的期限${date}早于行动结束（${end}）。`,
        evidence: deadline.evidence,
      });
    }
  }
  return findings;
};

/** A notice has some tens of deadlines; in a text of thousands a duty is compared with so many after it. */
const COMPARED = 200;

/** One duty, two dates. */
const checkConflicts: Check = ({ notice: parsed }, notice) => {
  const findings: Finding[] = [];
  const attachments = parsed.attachments[0]?.head.end ?? Infinity;
  const dated = notice.deadlines.filter((d) => d.due.kind === 'date' || d.due.kind === 'recurring');
  const words = dated.map((d) => pairsOf(d.task));
  const dues = dated.map((d) => JSON.stringify(d.due));
  const used = new Set<number>();
  dated.forEach((a, i) => {
    dated.slice(i + 1, i + 1 + COMPARED).forEach((b, offset) => {
      const j = i + 1 + offset;
      if (used.has(j) || a.due.kind !== b.due.kind || dues[i] === dues[j]) return;
      const apart = Math.abs((a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0)) > 200;
      const same = a.task.length >= 8 && similarity(words[i] as Pairs, words[j] as Pairs) >= 0.75;
      const duty =
        a.due.kind === 'recurring' && b.due.kind === 'recurring' ? a.due.frequency === b.due.frequency : true;
      // The table's own note against what the body says of the table.
      const table =
        a.due.kind === 'recurring' &&
        /统计表|报表|汇总表|附件/u.test(a.task) &&
        (b.evidence[0]?.start ?? 0) > attachments;
      if (!apart || !(same || table) || !duty) return;
      used.add(j);
      findings.push({
        code: 'conflicting-deadlines',
        severity: 'warning',
        message: `“${a.task}”有两个不同的期限。`,
        evidence: [...a.evidence, ...b.evidence],
      });
    });
  });
  return findings;
};

type Pairs = ReadonlySet<string>;
const pairsOf = (text: string): Pairs => new Set([...text].slice(0, -1).map((c, i) => c + text.charAt(i + 1)));

function similarity(x: Pairs, y: Pairs): number {
  let shared = 0;
  for (const pair of x) if (y.has(pair)) shared++;
  return (2 * shared) / Math.max(1, x.size + y.size);
}

/** 发文字号 not of the form 机关代字〔年份〕序号号 (7.2.5). */
const checkNumber: Check = ({ flow, notice: parsed }, notice) => {
  if (!notice.documentNumber || !parsed.documentNumber) return [];
  const [match] = findDocumentNumbers(textOf(flow, parsed.documentNumber));
  return match && !match.standard
    ? [
        {
          code: 'document-number-format',
          severity: 'info',
          message: `发文字号“${match.value}”不符合“机关代字〔年份〕序号号”的格式。`,
          evidence: notice.documentNumber.evidence,
        },
      ]
    : [];
};

/** Letterhead, signature and issuer in the title disagree. */
const checkIssuer: Check = ({ flow, notice: parsed }, notice) => {
  const body = notice.issuingBody?.value;
  const signed = parsed.signatories.map((span) => textOf(flow, span).replace(/\s|[（(].*[）)]$/gu, ''));
  if (!body || signed.length === 0) return [];
  const all = [body, ...notice.jointIssuers.map((j) => j.value)];
  const stranger = signed.find(
    (name) => !all.some((known) => sameBody(known, name) || abbreviates(known, name) || abbreviates(name, known)),
  );
  return stranger
    ? [
        {
          code: 'issuing-body-mismatch',
          severity: 'warning',
          message: `署名“${stranger}”与发文机关“${all.join('、')}”不一致。`,
          evidence: [...(notice.issuingBody?.evidence ?? []), ...(notice.signatory?.evidence ?? [])],
        },
      ]
    : [];
};

/** 县市监局 for 某某县市场监督管理局: its characters stand in the full name in order. */
function abbreviates(short: string, full: string): boolean {
  let at = -1;
  return [...short].every((character) => {
    at = full.indexOf(character, at + 1);
    return at >= 0;
  });
}

/** A number skipped or repeated among the headings of one list (7.3.3). */
const checkNumbering: Check = ({ flow, notice: parsed }) => {
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
};

/** A report is owed and nobody is named. */
const checkContacts: Check = (_context, notice, outer) => {
  const owed = notice.deadlines.find((d) => /报|送|反馈|提交/u.test(d.task));
  if (!owed || notice.contacts.length > 0 || (outer?.contacts.length ?? 0) > 0) return [];
  return [
    {
      code: 'contact-missing',
      severity: 'info',
      message: `要求“${owed.task}”，但没有写明联系人或联系电话。`,
      evidence: owed.evidence,
    },
  ];
};

/** Printed figures of a row or column 合计 that do not add up. */
const checkTotals: Check = (_context, notice) => {
  const findings: Finding[] = [];
  const figure = (text: string) => (/^-?[\d,，]+(?:\.\d+)?$/u.test(text) ? Number(text.replace(/[,，]/gu, '')) : null);
  for (const { tables } of notice.attachments) {
    for (const table of tables) {
      const total = table.rows.findIndex((row) => /^(?:合计|总计|小计|总数)$/u.test(row.path.at(-1) ?? ''));
      if (total < 0) continue;
      const texts = new Map(table.cells.map((c) => [`${c.row} ${c.column}`, c.text]));
      const at = (row: number, column: number) =>
        texts.get(`${row + table.headerRows} ${column + table.stubColumns}`) ?? '';
      for (let column = 0; column < table.columns.length; column++) {
        const printed = figure(at(total, column));
        const parts = table.rows.map((_, row) => (row === total ? null : figure(at(row, column))));
        if (
          printed === null ||
          parts.filter((p) => p !== null).length < 2 ||
          parts.some((p, row) => p === null && row !== total)
        )
          continue;
        const sum = parts.reduce<number>((a, b) => a + (b ?? 0), 0);
        if (Math.abs(sum - printed) > 1e-6 * Math.max(1, Math.abs(printed))) {
          findings.push({
            code: 'table-totals',
            severity: 'warning',
            message: `“${table.title ?? '表'}”的“${table.columns[column]?.path.join('/') ?? ''}”合计为${printed}，各项相加为${sum}。`,
            evidence: table.evidence,
          });
        }
      }
    }
  }
  return findings;
};
