import type { Box, Evidence, Extraction } from '../models/index.ts';
import type { LaidOutPage } from './generator/laidOut.ts';

export interface BoxScore {
  readonly covered: number;
  readonly total: number;
  readonly faults: readonly string[];
}

interface Printed {
  readonly char: string;
  readonly page: number;
  readonly box: Box;
}

/** Points by which a box may miss the edge of a character's em box: fonts' own boxes differ by more. */
const tolerance = 2;

/**
 * Whether the boxes of every evidence cover the characters that it quotes, at the place where the generator drew them.
 * A quote that stands in several places counts as covered when its boxes cover one of them, on the page it names.
 */
export function scoreEvidenceBoxes(truth: readonly LaidOutPage[], extraction: Extraction): BoxScore {
  const printed = printedCharacters(truth);
  const text = printed.map(({ char }) => char).join('');
  const faults: string[] = [];
  let covered = 0;
  let total = 0;
  for (const evidence of evidencesOf(extraction)) {
    const quote = fold(evidence.quote);
    if (quote === '') continue;
    total++;
    if (isCovered(evidence, quote, text, printed)) covered++;
    else faults.push(`page ${evidence.page}: ${evidence.quote.slice(0, 40)}`);
  }
  return { covered, total, faults };
}

function isCovered(evidence: Evidence, quote: string, text: string, printed: readonly Printed[]): boolean {
  const boxes = evidence.boxes ?? [];
  if (boxes.length === 0) return false;
  // A long quote may run over a table or a page number; its beginning and its end say enough.
  const parts = quote.length <= 60 ? [quote] : [quote.slice(0, 30), quote.slice(-30)];
  return parts.some((part, i) => {
    for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
      const here = printed.slice(at, at + part.length).filter(({ page }) => page === evidence.page);
      if (here.length === 0 && i === 0) continue;
      if (here.length > 0 && here.every(({ box }) => boxes.some((outer) => holds(outer, box)))) return true;
    }
    return false;
  });
}

/** The middle of a character lies in the box, and the box is not the whole page. */
function holds(outer: Box, inner: Box): boolean {
  const x = (inner[0] + inner[2]) / 2;
  const y = (inner[1] + inner[3]) / 2;
  return (
    x >= outer[0] - tolerance && x <= outer[2] + tolerance && y >= outer[1] - tolerance && y <= outer[3] + tolerance
  );
}

function printedCharacters(truth: readonly LaidOutPage[]): Printed[] {
  const result: Printed[] = [];
  for (const page of truth)
    for (const line of page.lines) {
      if (line.element === 'pageNumber') continue;
      for (let i = 0; i < line.text.length; i++) {
        const char = fold(line.text[i]!);
        if (char !== '')
          result.push({ char, page: page.page, box: [line.edges[i]!, line.box[1], line.edges[i + 1]!, line.box[3]] });
      }
    }
  return result;
}

/** Width and spaces apart; one character stays one. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s_]/g, '')
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[〔［【]/g, '[')
    .replace(/[〕］】]/g, ']');
}

function evidencesOf(value: unknown): Evidence[] {
  if (Array.isArray(value)) return value.flatMap(evidencesOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'evidence' && Array.isArray(inner) ? (inner as Evidence[]) : evidencesOf(inner),
  );
}
