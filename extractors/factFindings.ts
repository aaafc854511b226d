import type { Extraction, Finding, Notice } from '../models/index.ts';
import { addMonths } from '../models/text/dates.ts';
import { findDocumentNumbers } from '../models/text/documentNumber.ts';
import { sameBody } from './identity.ts';

/**
 * What a careful clerk would query in the facts of one notice, whatever else is printed; `outer` is the notice that passes it
 * on, `signatories` are the names that sign it, as printed.
 */
export function queryFacts(
  notice: Notice,
  outer: Notice | null,
  signatories: readonly string[] = notice.signatory ? [notice.signatory.value] : [],
): Finding[] {
  return [
    ...checkPresence(notice),
    ...checkDates(notice, outer),
    ...checkConflicts(notice),
    ...checkNumber(notice),
    ...checkIssuer(notice, signatories),
    ...checkContacts(notice, outer),
    ...checkTotals(notice),
  ];
}

/**
 * The findings of an extraction whose notices people have corrected: those that follow from the facts are made anew, those that
 * a corrected fact settles are left out, all others stay.
 */
export function findingsOf(read: Extraction, corrected: readonly Notice[]): readonly Finding[] {
  const before = new Set(queryAll(read.notices).map(identityOf));
  const after = queryAll(corrected);
  const still = new Set(after.map(identityOf));
  const settled = (finding: Finding) =>
    corrected.some((notice, index) => {
      const was = read.notices[index];
      return settles(notice, finding) && was !== undefined && !settles(was, finding);
    });
  const kept = read.findings.filter((finding) => {
    const identity = identityOf(finding);
    return still.has(identity) || !(before.has(identity) || settled(finding));
  });
  return [...kept, ...after.filter((finding) => !before.has(identityOf(finding)))];
}

function queryAll(notices: readonly Notice[]): readonly Finding[] {
  const outer = new Map(notices.map((notice) => [notice.forwards, notice]));
  return notices.flatMap((notice) => queryFacts(notice, outer.get(notice.id) ?? null));
}

const identityOf = ({ code, message, evidence }: Finding): string =>
  [code, message, ...evidence.map(({ start, end }) => `${start}-${end}`)].join('\n');

/** Whether the facts of a notice account for what a finding is about. */
function settles(notice: Notice, { code, about }: Finding): boolean {
  if (about === undefined) return false;
  if (code === 'attachment-reference') {
    return notice.attachments.some((attachment, index) => String(attachment.number ?? index + 1) === about);
  }
  const names = [notice.issuingBody, notice.signatory, ...notice.jointIssuers].flatMap((name) => name?.value ?? []);
  return names.some((name) => isSameBody(name, about));
}

/** The list names an attachment that is not there. */
function checkPresence({ attachments }: Notice): Finding[] {
  if (!attachments.some((attachment) => attachment.present)) return [];
  return attachments
    .filter((attachment) => !attachment.present)
    .map(({ title, evidence }) => ({
      code: 'attachment-reference',
      severity: 'warning',
      message: `附件“${title}”列在附件说明中，但本文件中没有其内容。`,
      evidence,
    }));
}

/** Dates that had passed on the day of issue, or when a notice was passed on; a final summary before the end. */
function checkDates(notice: Notice, outer: Notice | null): Finding[] {
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
}

/** A notice has some tens of deadlines; in a text of thousands a duty is compared with so many after it. */
const COMPARED = 200;

/** One duty, two dates. */
function checkConflicts(notice: Notice): Finding[] {
  const findings: Finding[] = [];
  const attachments = Math.min(
    ...notice.attachments.map(
      ({ present, evidence }) => (present && evidence.at(-1)?.start) || Number.POSITIVE_INFINITY,
    ),
  );
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
}

type Pairs = ReadonlySet<string>;
const pairsOf = (text: string): Pairs => new Set([...text].slice(0, -1).map((c, i) => c + text.charAt(i + 1)));

function similarity(x: Pairs, y: Pairs): number {
  let shared = 0;
  for (const pair of x) if (y.has(pair)) shared++;
  return (2 * shared) / Math.max(1, x.size + y.size);
}

/** 发文字号 not of the form 机关代字〔年份〕序号号 (7.2.5): as printed, or as somebody says that it is. */
function checkNumber({ documentNumber }: Notice): Finding[] {
  if (documentNumber === null) return [];
  const [printed] = findDocumentNumbers(documentNumber.evidence[0]?.quote ?? '');
  const match = printed?.value === documentNumber.value ? printed : findDocumentNumbers(documentNumber.value)[0];
  if (!match || match.standard) return [];
  return [
    {
      code: 'document-number-format',
      severity: 'info',
      message: `发文字号“${match.value}”不符合“机关代字〔年份〕序号号”的格式。`,
      evidence: documentNumber.evidence,
    },
  ];
}

/** Letterhead, signature and issuer in the title disagree. */
function checkIssuer(notice: Notice, signatories: readonly string[]): Finding[] {
  const body = notice.issuingBody?.value;
  const signed = signatories.map((name) => name.replace(/\s|[（(].*[）)]$/gu, ''));
  if (!body || signed.length === 0) return [];
  const all = [body, ...notice.jointIssuers.map((j) => j.value)];
  const stranger = signed.find((name) => !all.some((known) => isSameBody(known, name)));
  return stranger
    ? [
        {
          code: 'issuing-body-mismatch',
          severity: 'warning',
          message: `署名“${stranger}”与发文机关“${all.join('、')}”不一致。`,
          about: stranger,
          evidence: [...(notice.issuingBody?.evidence ?? []), ...(notice.signatory?.evidence ?? [])],
        },
      ]
    : [];
}

const isSameBody = (known: string, name: string): boolean =>
  sameBody(known, name) || abbreviates(known, name) || abbreviates(name, known);

/** 县市监局 for 某某县市场监督管理局: its characters stand in the full name in order. */
function abbreviates(short: string, full: string): boolean {
  let at = -1;
  return [...short].every((character) => {
    at = full.indexOf(character, at + 1);
    return at >= 0;
  });
}

/** A report is owed and nobody is named. */
function checkContacts(notice: Notice, outer: Notice | null): Finding[] {
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
}

/** Printed figures of a row or column 合计 that do not add up. */
function checkTotals(notice: Notice): Finding[] {
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
}
