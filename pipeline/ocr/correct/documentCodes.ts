import { type Correction, correctCharacter, type Draft, draftText } from './draft.ts';

/** 机关代字 of a document number (GB/T 9704-2012, 7.2.5): what stands before its year. */
const code = /\p{Script=Han}{2,12}(?=〔20\d{2}〕第?\d{1,5}号)/gu;

/**
 * Corrects a character of a document number that the name of the issuing body does not have where another reading of it
 * does: 漠城管发 is 漪城管发 under a letterhead of 临漪市城市管理局, as codes are characters of the body's name. The
 * name in the letterhead is one witness, the other engine or the second choice the other.
 */
export function correctDocumentCodes(drafts: readonly Draft[]): Correction[] {
  const named = new Set(drafts.flatMap((draft) => (draft.line.color === 'red' ? [...draftText(draft)] : [])));
  const corrections: Correction[] = [];
  for (const draft of drafts) {
    for (const { 0: characters, index } of draftText(draft).matchAll(code)) {
      for (let i = index; i < index + characters.length; i++) {
        const { text, other, second, rivals = '' } = draft.characters[i]!;
        if (named.has(text)) continue;
        const right = [other, second, ...rivals].find((reading) => reading !== null && named.has(reading));
        if (!right) continue;
        corrections.push(correctCharacter(draft, i, right, '发文机关代字与文头名称'));
      }
    }
  }
  return corrections;
}
