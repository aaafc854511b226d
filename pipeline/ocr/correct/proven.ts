import { type Correction, correctCharacter, type Draft } from './draft.ts';

/**
 * Corrects a character that one engine takes for another in this document, as corrections have shown, wherever the other
 * engine reads the right one (雾川市 was 霁川市: so is 雾消安办). The proven mistake is one witness, the other engine the
 * second.
 */
export function correctProven(drafts: readonly Draft[]): Correction[] {
  const proven = new Set<string>();
  for (const { characters } of drafts) {
    for (const c of characters) if (c.corrected && isHan(c.text) && isHan(c.other)) proven.add(`${c.other}>${c.text}`);
  }
  const corrections: Correction[] = [];
  for (const draft of drafts) {
    draft.characters.forEach((character, i) => {
      const right = [character.other, character.second, ...(character.rivals ?? '')].find(
        (other) => other && proven.has(`${character.text}>${other}`),
      );
      if (!right || character.corrected) return;
      corrections.push(correctCharacter(draft, i, right, '另一引擎的识别结果与文中已证实的误读'));
    });
  }
  return corrections;
}

const isHan = (text: string | null): boolean => text !== null && /^\p{Script=Han}$/u.test(text);
