import type { Evidence, Extraction, Layout, LayoutLine } from '../models/index.ts';
import type { ScanPage } from './generator/scan.ts';

/** Shapes that count as one character: width, kinds of quotes, brackets and dashes; no white space. */
export function foldForCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s_]/g, '')
    .replace(/[“”„"]/g, '"')
    .replace(/[‘’']/g, "'")
    .replace(/[〔［【[]/g, '[')
    .replace(/[〕］】\]]/g, ']')
    .replace(/[—–―－-]+/g, '-')
    .replace(/〇/g, '○')
    .replace(/…+|\.{3,}/g, '…');
}

export function editDistance(a: string, b: string): number {
  let previous = Uint32Array.from({ length: b.length + 1 }, (_, i) => i);
  let current = new Uint32Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    current[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      current[j] = Math.min(previous[j]! + 1, current[j - 1]! + 1, change);
    }
    [previous, current] = [current, previous];
  }
  return previous[b.length]!;
}

/** Wrong characters of a recognised file: changed, lost, or invented, in reading order, page numbers apart. */
export function characterErrors(
  scans: readonly ScanPage[],
  layout: Layout,
): { wrong: number; characters: number; faults: string[] } {
  let wrong = 0;
  let characters = 0;
  const faults: string[] = [];
  scans.forEach((scan, i) => {
    const truth = foldForCharacters(printedText(scan));
    const read = foldForCharacters(
      linesOf(layout, i)
        .map((line) => line.text)
        .join(''),
    );
    const distance = editDistance(read, truth);
    wrong += distance;
    characters += truth.length;
    if (distance > 0) faults.push(`page ${i + 1}: ${distance} of ${truth.length}: ${differences(scan, layout, i)}`);
  });
  return { wrong, characters, faults };
}

const printedText = (scan: ScanPage): string =>
  scan.lines
    .filter((line) => line.element !== 'pageNumber')
    .map((line) => line.text)
    .join('');

function linesOf(layout: Layout, page: number): LayoutLine[] {
  return (layout.pages[page]?.blocks ?? []).flatMap((block) => {
    if (block.type === 'line') return [block];
    return block.type === 'table' ? block.cells.flatMap((cell) => cell.lines) : [];
  });
}

/** Lines of the page that are not among the printed ones, for looking at. */
function differences(scan: ScanPage, layout: Layout, page: number): string {
  const truth = foldForCharacters(printedText(scan));
  return linesOf(layout, page)
    .filter((line) => !truth.includes(foldForCharacters(line.text)))
    .slice(0, 6)
    .map((line) => `${line.text} (${line.confidence})`)
    .join(' | ');
}

/** Something that was read, how sure it is said to be, and whether it is right. */
export interface Said {
  readonly confidence: number;
  readonly right: boolean;
}

/** Every line that was read; it is right where it stands in what is printed, character by character. */
export function scoreLines(scans: readonly ScanPage[], layout: Layout): Said[] {
  return scans.flatMap((scan, i) => {
    const truth = foldForCharacters(printedText(scan));
    return linesOf(layout, i).map((line) => ({
      confidence: line.confidence,
      right: truth.includes(foldForCharacters(line.text)),
    }));
  });
}

const bands = [0.99, 0.97, 0.95, 0.9, 0.8, 0.6, 0.3, 0] as const;

/** Of what is said to be so sure, how much is right: a row for each band of confidence, the surest first. */
export function calibrationTable(title: string, said: readonly Said[]): string {
  const rows = bands.flatMap((least, i) => {
    const at = said.filter((one) => one.confidence >= least && (i === 0 || one.confidence < bands[i - 1]!));
    if (at.length === 0) return [];
    const mean = at.reduce((sum, one) => sum + one.confidence, 0) / at.length;
    const right = at.filter((one) => one.right).length;
    return [`  said ${mean.toFixed(3)}   right ${(right / at.length).toFixed(3)}   of ${at.length}`];
  });
  return [`${title}:`, ...rows].join('\n');
}

/** The calibration tables of lines and of facts over all rows. */
export function printCalibration(
  rows: readonly { readonly lines: readonly Said[]; readonly facts: readonly Said[] }[],
): void {
  console.log(
    calibrationTable(
      'confidence of scanned lines',
      rows.flatMap((row) => row.lines),
    ),
  );
  console.log(
    calibrationTable(
      'confidence of scanned key fields',
      rows.flatMap((row) => row.facts),
    ),
  );
}

/**
 * Document number, dates, telephone numbers, e-mail and issuing body of each notice, against those of the reference;
 * `facts` are those that were read, each as sure as the least sure of its evidence.
 */
export function keyFields(
  reference: Extraction,
  extraction: Extraction,
): { right: number; total: number; faults: string[]; facts: Said[] } {
  const wanted = keyValues(reference).map((one) => one.value);
  const read = keyValues(extraction);
  const left = read.map((one) => one.value);
  const faults: string[] = [];
  for (const value of wanted) {
    const at = left.indexOf(value);
    if (at >= 0) left.splice(at, 1);
    else
      faults.push(
        `${value} lost${left.length > 0 ? `; read: ${left.filter((v) => v[0] === value[0]).join(', ')}` : ''}`,
      );
  }
  const open = [...wanted];
  const facts = read.map(({ value, confidence }): Said => {
    const at = open.indexOf(value);
    if (at >= 0) open.splice(at, 1);
    return { confidence, right: at >= 0 };
  });
  return { right: wanted.length - faults.length, total: wanted.length, faults, facts };
}

interface KeyValue {
  readonly value: string;
  readonly confidence: number;
}

function keyValues(extraction: Extraction): KeyValue[] {
  const one = (value: string, evidence: readonly Evidence[]): KeyValue => ({
    value,
    confidence: Math.min(1, ...evidence.map((e) => e.confidence)),
  });
  return extraction.notices.flatMap((notice) => {
    const { documentNumber, issuingBody, issueDate } = notice;
    return [
      ...(documentNumber ? [one(`number ${foldForCharacters(documentNumber.value)}`, documentNumber.evidence)] : []),
      ...(issuingBody ? [one(`body ${issuingBody.value}`, issuingBody.evidence)] : []),
      ...(issueDate ? [one(`date ${issueDate.value}`, issueDate.evidence)] : []),
      ...notice.deadlines.flatMap(({ due, evidence }) => {
        if (due.kind === 'date') return [one(`date ${due.date}`, evidence)];
        if (due.kind === 'recurring')
          return [one(`date ${due.frequency} ${due.month ?? ''} ${due.day ?? ''}`, evidence)];
        return [];
      }),
      ...notice.contacts.flatMap(({ phones, emails, evidence }) => [
        ...phones.map((phone) => one(`phone ${phone}`, evidence)),
        ...emails.map((email) => one(`email ${email}`, evidence)),
      ]),
    ];
  });
}

/** How signature and date of issue differ from those of the reference; null where they are the same. */
export function signatureFault(reference: Extraction, extraction: Extraction): string | null {
  const key = (e: Extraction): string => {
    const notice = e.notices[0];
    return `${notice?.signatory?.value ?? ''} ${notice?.issueDate?.value ?? ''}`;
  };
  const [wanted, got] = [key(reference), key(extraction)];
  return wanted === got ? null : `want ${wanted} · got ${got}`;
}
