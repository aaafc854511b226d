import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Correction, correctCharacter, type Draft, draftText } from './draft.ts';

/** A character read more surely is left as it is. */
const unsure = 0.85;
/** Occurrences in the dictionary's corpus from which a word is common. */
const common = 10;
const longest = 4;

let dictionary: ReadonlyMap<string, number> | undefined;

/** Words of two to four Chinese characters of the segmenter's dictionary, with how often its corpus has them. */
function words(): ReadonlyMap<string, number> {
  dictionary ??= parseDictionary(readFileSync(dictionaryFile(), 'utf8'));
  return dictionary;
}

/** Lines of word, frequency and word class. */
function parseDictionary(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    const space = text.indexOf(' ', start);
    // Chinese characters alone: what is written in Latin letters is no word to be misread.
    if (space - start >= 2 && space - start <= longest && text.charCodeAt(start) >= 0x4e00)
      found.set(text.slice(start, space), Number.parseInt(text.slice(space + 1, stop), 10));
    start = stop + 1;
  }
  return found;
}

const dictionaryFile = (): string =>
  path.join(
    path.dirname(createRequire(import.meta.url).resolve('nodejieba/package.json')),
    'submodules/cppjieba/dict/jieba.dict.utf8',
  );

/**
 * Corrects a character that was read unsurely and makes no word with its neighbours, where what the other engine read,
 * or the engine's second choice, does (上嵴 for 上岗): dictionary and engine are the two witnesses. `isName` says which words
 * are names, though no dictionary has them.
 */
export function correctWords(drafts: readonly Draft[], isName: (text: string) => boolean = () => false): Correction[] {
  const corrections: Correction[] = [];
  for (const draft of drafts) {
    draft.characters.forEach((character, i) => {
      if (character.confidence > unsure || character.corrected || !isHan(character.text)) return;
      const text = draftText(draft);
      if (wordAt(text, i, character.text) > 0 || standsInName(text, i, isName)) return;
      const right = [character.other, character.second].find(
        (other): other is string => other !== null && isHan(other) && wordAt(text, i, other) >= common,
      );
      if (!right) return;
      corrections.push(correctCharacter(draft, i, right, '另一识别结果与词典'));
    });
  }
  return corrections;
}

/** Whether a character is part of a name, as of a division, that the dictionary need not know. */
function standsInName(text: string, at: number, isName: (text: string) => boolean): boolean {
  for (let start = Math.max(0, at - 3); start <= at; start++) {
    for (let end = Math.max(at + 1, start + 2); end <= start + 4; end++)
      if (isName(text.slice(start, end))) return true;
  }
  return false;
}

const isHan = (text: string): boolean => /^\p{Script=Han}$/u.test(text);

/** How often the most frequent word is that has this character at this place; 0 where there is none. */
function wordAt(text: string, at: number, character: string): number {
  const whole = text.slice(0, at) + character + text.slice(at + 1);
  let most = 0;
  for (let length = 2; length <= longest; length++) {
    for (let start = Math.max(0, at - length + 1); start <= at && start + length <= whole.length; start++) {
      most = Math.max(most, words().get(whole.slice(start, start + length)) ?? 0);
    }
  }
  return most;
}
