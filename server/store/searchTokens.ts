/**
 * Search in Chinese text. Neither SQLite's word tokenizer (it takes a sentence for one word) nor its trigrams (they do
 * not find one or two characters) will do, so text and queries are cut here, the same way:
 *
 * - a run of Han characters gives at each character the token of it and the next one, at the last the character alone:
 *   药品经营 → 药品 品经 经营 营;
 * - a run of Latin letters and digits is one token, in lower case;
 * - everything else separates.
 *
 * A query term becomes a phrase of such tokens, which is an exact search for the characters; a single character is the
 * beginning of a token. So terms of 1, 2, 3, 4 … characters are all found, and nothing else is.
 */
export function searchTokens(text: string): string {
  return cut(text)
    .flatMap((run) => (run.han ? pairs(run.characters) : [run.characters.join('')]))
    .join(' ');
}

/** A query of words, "phrases" and -exclusions as an FTS5 expression. */
export interface SearchExpression {
  /** null: nothing must occur (the query only excludes, or holds no word at all). */
  readonly include: string | null;
  readonly exclude: string | null;
  /** The terms that must occur, folded, for showing where they stand. */
  readonly terms: readonly string[];
}

export function searchExpression(query: string): SearchExpression {
  const include: string[] = [];
  const exclude: string[] = [];
  const terms: string[] = [];
  for (const match of foldText(query).matchAll(/(-?)(?:"([^"]*)"|([^\s"]+))/g)) {
    const term = match[2] ?? match[3] ?? '';
    const phrase = termPhrase(term);
    if (phrase === null) continue;
    if (match[1] === '-') exclude.push(phrase);
    else {
      include.push(phrase);
      terms.push(term);
    }
  }
  return {
    include: include.length === 0 ? null : include.join(' AND '),
    exclude: exclude.length === 0 ? null : exclude.join(' OR '),
    terms,
  };
}

/** The text around the first of the terms, for a list of results; null where none is found as it stands. */
export function searchSnippet(text: string, terms: readonly string[], around = 30): string | null {
  // Most often a term stands as it was typed, and the text need not be folded.
  const plain = terms.find((term) => text.includes(term));
  if (plain !== undefined) return excerpt(text, text.indexOf(plain), plain.length, around);
  // Folding by character keeps offsets except where a compatibility character unfolds; then the snippet is a bit off.
  const folded = foldText(text);
  for (const term of terms) {
    const at = folded.indexOf(term);
    if (at < 0) continue;
    return excerpt(folded.length === text.length ? text : folded, at, term.length, around);
  }
  return null;
}

function excerpt(text: string, at: number, length: number, around: number): string {
  const start = Math.max(0, at - around);
  const end = Math.min(text.length, at + length + around);
  const line = text.slice(start, end).replace(/\s+/g, ' ').trim();
  return `${start > 0 ? '…' : ''}${line}${end < text.length ? '…' : ''}`;
}

/** Width, case and the shapes of quotes and minus signs. */
function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[“”「」]/g, '"')
    .replace(/[−﹣]/g, '-');
}

interface Run {
  readonly han: boolean;
  readonly characters: readonly string[];
}

function cut(text: string): readonly Run[] {
  const runs: Run[] = [];
  for (const [run] of foldText(text).matchAll(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{Letter}\p{Number}])+/gu)) {
    runs.push({ han: /^\p{Script=Han}/u.test(run), characters: [...run] });
  }
  return runs;
}

function pairs(characters: readonly string[]): readonly string[] {
  return characters.map((character, index) => character + (characters[index + 1] ?? ''));
}

function termPhrase(term: string): string | null {
  const runs = cut(term);
  if (runs.length === 0) return null;
  const tokens = runs.flatMap((run, index) => {
    if (!run.han) return [run.characters.join('')];
    const all = pairs(run.characters);
    // The last character may go on to any other in the text: leave it to the pair before it.
    return index === runs.length - 1 && all.length > 1 ? all.slice(0, -1) : all;
  });
  const last = runs.at(-1);
  return `"${tokens.join(' ')}"${last?.han && last.characters.length === 1 ? '*' : ''}`;
}
