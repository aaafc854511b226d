import type { Extraction, Layout, LayoutLine } from '../models/index.ts';
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

export interface CalibrationLine {
  readonly confidence: number;
  readonly right: boolean;
}

/** Every line that was read, how sure it is said to be, and whether it stands in what is printed. */
export function scoreLines(scans: readonly ScanPage[], layout: Layout): CalibrationLine[] {
  return scans.flatMap((scan, i) => {
    const truth = foldForCharacters(printedText(scan));
    return linesOf(layout, i).map((line) => ({
      confidence: line.confidence,
      right: truth.includes(foldForCharacters(line.text)),
    }));
  });
}

/** Of lines that are said to be so sure, how many are right. */
export function calibrationTable(lines: readonly CalibrationLine[]): string {
  const levels = [...new Set(lines.map((line) => line.confidence))].sort((a, b) => b - a);
  const rows = levels.map((level) => {
    const at = lines.filter((line) => line.confidence === level);
    const right = at.filter((line) => line.right).length;
    return `  said ${level.toFixed(3)}   right ${(right / at.length).toFixed(3)}   of ${at.length} lines`;
  });
  return ['confidence of lines:', ...rows].join('\n');
}

/** Document number, dates, telephone numbers, e-mail and issuing body of each notice, against those of the reference. */
export function keyFields(
  reference: Extraction,
  extraction: Extraction,
): { right: number; total: number; faults: string[] } {
  const wanted = keyValues(reference);
  const left = [...keyValues(extraction)];
  const faults: string[] = [];
  for (const value of wanted) {
    const at = left.indexOf(value);
    if (at >= 0) left.splice(at, 1);
    else
      faults.push(
        `${value} lost${left.length > 0 ? `; read: ${left.filter((v) => v[0] === value[0]).join(', ')}` : ''}`,
      );
  }
  return { right: wanted.length - faults.length, total: wanted.length, faults };
}

function keyValues(extraction: Extraction): string[] {
  return extraction.notices.flatMap((notice) => [
    ...(notice.documentNumber ? [`number ${foldForCharacters(notice.documentNumber.value)}`] : []),
    ...(notice.issuingBody ? [`body ${notice.issuingBody.value}`] : []),
    ...(notice.issueDate ? [`date ${notice.issueDate.value}`] : []),
    ...notice.deadlines.flatMap(({ due }) => {
      if (due.kind === 'date') return [`date ${due.date}`];
      if (due.kind === 'recurring') return [`date ${due.frequency} ${due.month ?? ''} ${due.day ?? ''}`];
      return [];
    }),
    ...notice.contacts.flatMap((contact) => [
      ...contact.phones.map((phone) => `phone ${phone}`),
      ...contact.emails.map((email) => `email ${email}`),
    ]),
  ]);
}

/** Signature and date of issue as in the reference. */
export function signatureRight(reference: Extraction, extraction: Extraction): boolean {
  const key = (e: Extraction): string => {
    const notice = e.notices[0];
    return `${notice?.signatory?.value ?? ''} ${notice?.issueDate?.value ?? ''}`;
  };
  return key(reference) === key(extraction);
}
