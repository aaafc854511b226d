import type { Gold, GoldNotice, GoldTable } from '../../corpus/gold.ts';
import { readingsOf } from '../../corpus/matching.ts';
import type {
  Attachment,
  CitedDocument,
  Deadline,
  Due,
  Extraction,
  Notice,
  Section,
  Table,
} from '../../models/index.ts';

/** What a program would print that finds everything gold asks for, each with its first reading. */
export function extractionOfGold(gold: Gold): Extraction {
  return {
    schemaVersion: 1,
    source: { fileName: gold.file, mediaType: 'text/plain', sha256: '', pageCount: 1, textOrigin: 'text' },
    text: '依据',
    notices: gold.notices.map((notice, i) => noticeOfGold(notice, `n${i + 1}`)),
    findings: (gold.findings ?? []).map((code) => ({ code, severity: 'warning', message: '', evidence: [] })),
    diagnostics: [],
  };
}

const evidence = [{ page: 1, start: 0, end: 2, quote: '依据', confidence: 1 }];
const first = (gold: string) => readingsOf(gold)[0]!;
const sourced = (gold: string | null | undefined) =>
  gold === null || gold === undefined ? null : { value: first(gold), evidence };
const sourcedList = (gold: readonly string[] | undefined) => (gold ?? []).map((value) => sourced(value)!);

function noticeOfGold(gold: GoldNotice, id: string): Notice {
  const number = sourced(gold.documentNumber);
  return {
    id,
    ...(gold.forwards === undefined ? {} : { forwards: `n${gold.forwards + 1}` }),
    documentType: gold.documentType ? first(gold.documentType) : null,
    documentNumber: number && { ...number, agencyCode: '', year: 0, serial: 0 },
    issuingBody: sourced(gold.issuingBody),
    jointIssuers: sourcedList(gold.jointIssuers),
    administrativeLevel: gold.administrativeLevel ?? null,
    region: gold.region ? { code: gold.region, name: '' } : null,
    title: sourced(gold.title),
    copyNumber: sourced(gold.copyNumber),
    securityLevel: sourced(gold.securityLevel),
    urgency: sourced(gold.urgency),
    signer: sourced(gold.signer),
    signatory: sourced(gold.signatory),
    mainRecipients: sourcedList(gold.mainRecipients),
    copyRecipients: sourcedList(gold.copyRecipients),
    issueDate: sourced(gold.issueDate),
    printingInfo: gold.printingInfo ? { ...gold.printingInfo, evidence } : null,
    disclosure: sourced(gold.disclosure),
    citedDocuments: [
      ...(gold.citedNumbers ?? []).map((cited) => citedOf(null, cited, 'mentioned')),
      ...(gold.citedLaws ?? []).map((law) => citedOf(law, null, 'law')),
    ],
    campaign: gold.campaign
      ? {
          name: first(gold.campaign.name),
          startDate: gold.campaign.startDate ? first(gold.campaign.startDate) : null,
          endDate: gold.campaign.endDate ? first(gold.campaign.endDate) : null,
          phases: (gold.campaign.phases ?? []).map((phase) => ({ ...phase, evidence })),
          evidence,
        }
      : null,
    sections: sectionsOf(gold),
    focusItems: (gold.focusItems ?? []).map((item, i) => ({
      id: `f${i + 1}`,
      text: first(item.text),
      subject: item.subject ? first(item.subject) : null,
      action: item.action ? first(item.action) : null,
      section: null,
      evidence,
    })),
    deadlines: deadlinesOf(gold),
    targets: (gold.targets ?? []).map((target) => ({ ...target, text: '', comparison: '>=', by: null, evidence })),
    contacts: (gold.contacts ?? []).map((contact) => ({
      ...contact,
      unit: contact.unit ? first(contact.unit) : null,
      fax: null,
      evidence,
    })),
    attachments: attachmentsOf(gold),
  };
}

function citedOf(title: string | null, documentNumber: string | null, role: CitedDocument['role']): CitedDocument {
  return { title, documentNumber, issuingBody: null, role, evidence };
}

/** Each labelled section under a chain of sections that have the numbers of its path. */
function sectionsOf(gold: GoldNotice): Section[] {
  const responsible = (title: string) => gold.responsible?.find(({ section }) => title.includes(section))?.units ?? [];
  return (gold.sections ?? []).map((section) => {
    const above = section.split('/');
    const parts = /^([（(]?[一二三四五六七八九十\d]+[)）]?[、.．]?)(.*)$/.exec(above.pop()!)!;
    const leaf: Section = {
      number: parts[1]!,
      level: above.length + 1,
      title: parts[2]!,
      text: '',
      responsible: responsible(section),
      children: [],
      evidence,
    };
    return above.reduceRight(
      (child, number, depth) => ({ ...leaf, number, level: depth + 1, title: '', responsible: [], children: [child] }),
      leaf,
    );
  });
}

function deadlinesOf(gold: GoldNotice): Deadline[] {
  const dated = (gold.deadlines ?? []).map((deadline) => ({
    due: dueOf(first(deadline.due)),
    task: deadline.task,
    time: deadline.time ?? null,
    responsible: deadline.responsible ?? null,
    recipient: deadline.recipient ?? null,
  }));
  const relative = (gold.relativeDeadlines ?? []).map(({ task, date, ...due }) => ({
    due: { kind: 'relative' as const, event: null, ...due, date: date ?? null },
    task,
    time: null,
    responsible: null,
    recipient: null,
  }));
  return [...dated, ...relative].map((deadline) => ({ ...deadline, assumed: [], evidence }));
}

function dueOf(key: string): Due {
  const recurring = /^(weekly|monthly|quarterly|half-yearly|yearly)\/(?:(\d+)-)?(-?\d+)?$/.exec(key);
  if (!recurring) return { kind: 'date', date: key };
  return {
    kind: 'recurring',
    frequency: recurring[1] as 'weekly',
    month: recurring[2] ? Number(recurring[2]) : null,
    day: recurring[3] ? Number(recurring[3]) : null,
    rrule: '',
  };
}

function attachmentsOf(gold: GoldNotice): Attachment[] {
  const attachment = (title: string, tables: Table[]): Attachment => ({
    number: null,
    title,
    present: true,
    kind: tables.length ? 'statistics-table' : 'other',
    tables,
    evidence,
  });
  const tables = gold.tables ?? [];
  const listed = (gold.attachments ?? []).map((title) => attachment(first(title), []));
  return listed.length
    ? listed.map((one, i) => (i === 0 ? attachment(one.title, tables.map(tableOf)) : one))
    : tables.map((table) => attachment(table.title, [tableOf(table)]));
}

function tableOf(gold: GoldTable): Table {
  const cells = (role: 'blank' | 'not-applicable', count: number) =>
    Array.from({ length: count }, () => ({ row: 0, column: 0, rowSpan: 1, columnSpan: 1, text: '', role }));
  return {
    title: first(gold.title),
    caption: [],
    rowCount: 1,
    columnCount: 1,
    headerRows: 1,
    stubColumns: 1,
    cells: [...cells('blank', gold.blank ?? 0), ...cells('not-applicable', gold.notApplicable ?? 0)],
    columns: gold.columns.map((path, i) => ({ path: path.map(first), unit: gold.columnUnits?.[i] ?? null })),
    rows: gold.rows.map(({ path, unit }) => ({ path: path.map(first), unit: unit ?? null })),
    notes: [],
    frequency: gold.frequency ?? null,
    evidence,
  };
}
