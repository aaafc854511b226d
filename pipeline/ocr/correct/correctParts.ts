import type { Diagnostic } from '../../../models/index.ts';
import { defaultRegions, type RegionIndex } from '../../../models/text/regions.ts';
import type { PagePart } from '../compose.ts';
import type { PlacedSeal } from '../readPage.ts';
import type { RecognizedPage } from '../recognizePage.ts';
import { bracketedUnits, correctCellBrackets } from './cellBrackets.ts';
import { correctCellMarks } from './cellMarks.ts';
import { correctChineseYears } from './chineseYear.ts';
import { correctDates } from './dates.ts';
import { correctDivisions } from './divisions.ts';
import { correctDocumentCodes } from './documentCodes.ts';
import { type Correction, type Draft, draftText } from './draft.ts';
import { correctGrammar } from './grammar.ts';
import { correctAlike, correctByRepetition } from './names.ts';
import { correctPageNumbers } from './pageNumbers.ts';
import { correctProven } from './proven.ts';
import { correctSealedDates } from './sealedDates.ts';
import { correctSeal } from './seals.ts';
import { correctSignatures } from './signature.ts';
import { correctFigures, correctRepeatedHeaders, correctSerials } from './tableRows.ts';
import { correctWords } from './words.ts';

/** Remarks on corrections of one page; more say nothing new. */
const mostRemarks = 20;

/**
 * Corrects what was read on all pages of a document: forms (numbers, dates, telephones, markers, page numbers), names of divisions,
 * words that stand elsewhere, names on seals. Every correction is told (`ocr-corrected`), and the reading it replaced
 * stays beside the character; one with a single witness is told but not made (`ocr-proposed`). `canRead`: the characters
 * that the first engine has.
 */
export function correctParts(
  pages: ReadonlyMap<number, RecognizedPage>,
  index: RegionIndex = defaultRegions(),
  canRead: (character: string) => boolean = () => true,
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
  const sealed = new Set([...drafts].flatMap(([part, lines]) => lines.filter((line) => isUnder(part.seals, line))));
  const isSealed = (draft: Draft): boolean => sealed.has(draft);
  const seals = [...pages.values()].flatMap(({ parts }) => parts.flatMap((part) => part.seals));
  // After grammar, which tells the widths of brackets apart.
  const units = (): ReadonlySet<string> => bracketedUnits(all);
  const corrections = [
    ...[...drafts].flatMap(([part, lines]) => correctCellMarks(part, lines)),
    ...correctPageNumbers(drafts),
    ...all.flatMap(correctGrammar),
    ...[...drafts].flatMap(([part, lines]) => correctCellBrackets(part, lines, units())),
    ...[...drafts].flatMap(([part, lines]) => [...correctSerials(part, lines), ...correctFigures(part, lines)]),
    ...correctRepeatedHeaders(drafts),
    ...correctDates(all),
    ...correctSealedDates(all, isSealed),
    ...correctChineseYears(all),
    ...correctDivisions(all, index, canRead),
    ...correctDocumentCodes(all),
    ...correctByRepetition(all),
    ...correctWords(all, (text) => index.byName.has(text)),
    ...correctAlike(all),
    ...correctProven(all),
    ...correctSignatures(all, seals, isSealed),
  ];
  const names = all.map(draftText).filter((text) => text.length >= 4 && text.length <= 40);
  const unread: Diagnostic[] = [];
  const corrected = new Map<number, RecognizedPage>();
  for (const [page, recognized] of pages) {
    const parts = recognized.parts.map((part): PagePart => {
      const lines = drafts.get(part)!.map(({ line, characters }) => ({ ...line, characters }));
      const seals = part.seals.map((seal): PlacedSeal => {
        const name = correctSeal(seal, names);
        const { text } = seal;
        if (text !== null && name === null) unread.push(sealUnread(page, text));
        else if (text !== null && name !== null && name !== text)
          corrections.push({ page, kind: 'corrected', was: text, became: name, because: '印章环文与文中署名' });
        return { ...seal, text: name };
      });
      return { ...part, lines, seals };
    });
    corrected.set(page, { ...recognized, parts });
  }
  return { pages: corrected, diagnostics: [...describe(corrections), ...unread] };
}

const isUnder = (seals: readonly PlacedSeal[], { line: { box } }: Draft): boolean =>
  seals.some((seal) => box[0] < seal.box[2] && box[2] > seal.box[0] && box[1] < seal.box[3] && box[3] > seal.box[1]);

const sealUnread = (page: number, text: string): Diagnostic => ({
  code: 'seal-unread',
  severity: 'info',
  message: `第${page}页的印章环文识别为“${text}”，把握不足，未采用。`,
  page,
});

/** The first corrections of each page one by one, and how many more there are. */
function describe(corrections: readonly Correction[]): Diagnostic[] {
  const pages = new Map<number, Correction[]>();
  for (const correction of corrections) {
    const before = pages.get(correction.page);
    if (before) before.push(correction);
    else pages.set(correction.page, [correction]);
  }
  return [...pages]
    .sort(([a], [b]) => a - b)
    .flatMap(([page, own]): Diagnostic[] => {
      const more = own.length - mostRemarks;
      return [
        ...own.slice(0, mostRemarks).map(remark),
        ...(more > 0
          ? [
              {
                code: 'ocr-corrected',
                severity: 'info' as const,
                message: `第${page}页另有${more}处识别结果已改正或建议改正，此处不再逐一列出。`,
                page,
              },
            ]
          : []),
      ];
    });
}

const remark = ({ kind, page, was, became, because }: Correction): Diagnostic =>
  kind === 'corrected'
    ? {
        code: 'ocr-corrected',
        severity: 'info',
        message: `识别结果“${was}”改为“${became}”（依据：${because}）。`,
        page,
      }
    : {
        code: 'ocr-proposed',
        severity: 'info',
        message: `识别结果“${was}”可能应为“${became}”（${because}），请核对。`,
        page,
      };
