import type { Diagnostic } from '../../../models/index.ts';
import { defaultRegions, type RegionIndex } from '../../../models/text/regions.ts';
import type { PagePart } from '../compose.ts';
import type { PlacedSeal } from '../readPage.ts';
import type { RecognizedPage } from '../recognizePage.ts';
import { correctCellMarks } from './cellMarks.ts';
import { correctChineseYears } from './chineseYear.ts';
import { correctDates } from './dates.ts';
import { correctDivisions } from './divisions.ts';
import { type Correction, type Draft, draftText } from './draft.ts';
import { correctGrammar } from './grammar.ts';
import { correctAlike, correctByRepetition } from './names.ts';
import { correctProven } from './proven.ts';
import { correctSeal } from './seals.ts';
import { correctSignatures } from './signature.ts';
import { correctWords } from './words.ts';

/** Remarks on corrections of one page; more say nothing new. */
const mostRemarks = 20;

/**
 * Corrects what was read on all pages of a document: forms (numbers, dates, telephones, markers), names of divisions,
 * words that stand elsewhere, names on seals. Every correction is told (`ocr-corrected`), and the reading it replaced
 * stays beside the character; one with a single witness is told but not made (`ocr-proposed`).
 */
export function correctParts(
  pages: ReadonlyMap<number, RecognizedPage>,
  index: RegionIndex = defaultRegions(),
): {
  pages: ReadonlyMap<number, RecognizedPage>;
  diagnostics: Diagnostic[];
} {
  const drafts = new Map<PagePart, Draft[]>();
  for (const [page, { parts }] of pages) {
    for (const part of parts) {
      drafts.set(
        part,
        part.lines.map((line): Draft => ({ page, line, characters: [...line.characters] })),
      );
    }
  }
  const all = [...drafts.values()].flat();
  const sealNames = [...pages.values()].flatMap(({ parts }) =>
    parts.flatMap((part) => part.seals.flatMap((seal) => seal.text ?? [])),
  );
  const corrections = [
    ...[...drafts].flatMap(([part, lines]) => correctCellMarks(part, lines)),
    ...all.flatMap(correctGrammar),
    ...correctDates(all),
    ...correctChineseYears(all),
    ...correctDivisions(all, index),
    ...correctByRepetition(all),
    ...correctWords(all),
    ...correctAlike(all),
    ...correctProven(all),
    ...correctSignatures(all, sealNames),
  ];
  const names = all.map(draftText).filter((text) => text.length >= 4 && text.length <= 40);
  const corrected = new Map<number, RecognizedPage>();
  for (const [page, recognized] of pages) {
    const parts = recognized.parts.map((part): PagePart => {
      const lines = drafts.get(part)!.map(({ line, characters }) => ({ ...line, characters }));
      const seals = part.seals.map((seal): PlacedSeal => {
        const name = correctSeal(seal, names);
        if (name !== seal.text) {
          corrections.push({
            page,
            kind: 'corrected',
            was: seal.text ?? '',
            became: name ?? '',
            because: '印章环文与文中署名',
          });
        }
        return { ...seal, text: name };
      });
      return { ...part, lines, seals };
    });
    corrected.set(page, { ...recognized, parts });
  }
  return { pages: corrected, diagnostics: describe(corrections) };
}

function describe(corrections: readonly Correction[]): Diagnostic[] {
  const seen = new Map<number, number>();
  return [...corrections]
    .sort((a, b) => a.page - b.page)
    .flatMap((correction): Diagnostic[] => {
      const count = (seen.get(correction.page) ?? 0) + 1;
      seen.set(correction.page, count);
      if (count > mostRemarks) return [];
      const { page, was, became, because } = correction;
      return correction.kind === 'corrected'
        ? [
            {
              code: 'ocr-corrected',
              severity: 'info',
              message: `识别结果“${was}”改为“${became}”（依据：${because}）。`,
              page,
            },
          ]
        : [
            {
              code: 'ocr-proposed',
              severity: 'info',
              message: `识别结果“${was}”可能应为“${became}”（${because}），请核对。`,
              page,
            },
          ];
    });
}
