import { diffArrays } from 'diff';
import type { TextEdit } from '../../models/comparison.ts';
import { foldText, foldWidth } from '../../models/text/fold.ts';

/**
 * What to highlight between two texts. Tokens, not characters: a date, an amount, a percentage, a document number or a
 * Latin word changes as a whole; Chinese text goes by character and is joined where only a single character would stay
 * between two changes.
 */
const digit = '[\\d０-９]';
const han = '[〇零一二两三四五六七八九十百千万]';
const unit =
  '(?:个工作日|个百分点|平方米|公里|小时|分钟|公斤|千克|毫升|万元|亿元|[%％‰元年月日天周家个件次名人户所处份吨克升度倍成条项])';
const tokenPattern = new RegExp(
  [
    `[\\u4e00-\\u9fffA-Za-z]{1,12}[〔[［【]\\s*${digit}{4}\\s*[〕\\]］】]\\s*第?${digit}+号`,
    `${digit}{4}\\s*年\\s*${digit}{1,2}\\s*月(?:\\s*${digit}{1,2}\\s*[日号])?`,
    `${digit}{1,2}\\s*月\\s*${digit}{1,2}\\s*[日号]`,
    `${digit}{4}-${digit}{1,2}-${digit}{1,2}`,
    `百分之[〇零一二三四五六七八九十百点\\d.]+`,
    `${han}*[十百千万]${han}*余?${unit}`,
    `${digit}(?:${digit}|,(?=${digit}))*(?:\\.${digit}+)?\\s*${unit}?`,
    '[A-Za-z][A-Za-z0-9._@-]*',
    '\\s+',
    '[\\s\\S]',
  ].join('|'),
  'gu',
);

/** The tokens of a text as printed; joined they are the text again. */
export function editTokens(text: string): string[] {
  return text.match(tokenPattern) ?? [];
}

/** Edits looked for within one passage before it is called rewritten: keeps hostile input linear. */
const maxEdits = 80;
const isPlain = (token: string) => token.length === 1 && token >= '\u4e00' && token <= '\u9fff';
const keyOf = (token: string) => (isPlain(token) ? token : foldText(token));

interface Part {
  readonly op: TextEdit['op'];
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** Whether so many pieces are only on one side that no fewer than that many edits can do. */
function isRewritten(left: readonly string[], right: readonly string[]): boolean {
  if (left.length + right.length <= maxEdits) return false;
  const counts = new Map<string, number>();
  for (const piece of left) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  let shared = 0;
  for (const piece of right) {
    const count = counts.get(piece) ?? 0;
    if (count === 0) continue;
    shared += 1;
    counts.set(piece, count - 1);
  }
  return left.length + right.length - 2 * shared > maxEdits;
}

/** The runs of equal, deleted and inserted pieces, in order; pieces are equal when their folded forms are. */
function diffPieces(left: readonly string[], right: readonly string[], key: (piece: string) => string): Part[] {
  const keys = [left.map(key), right.map(key)] as const;
  const changes = isRewritten(...keys) ? undefined : diffArrays(keys[0], keys[1], { maxEditLength: maxEdits });
  if (changes === undefined) {
    return [
      { op: 'delete', left, right: [] },
      { op: 'insert', left: [], right },
    ];
  }
  let i = 0;
  let j = 0;
  return changes.map(({ removed, added, value: { length } }) => {
    const part: Part = {
      op: removed ? 'delete' : added ? 'insert' : 'equal',
      left: added ? [] : left.slice(i, i + length),
      right: removed ? [] : right.slice(j, j + length),
    };
    i += part.left.length;
    j += part.right.length;
    return part;
  });
}

const clausePattern = /[^。；;，,、：:！？\n]*[。；;，,、：:！？\n]|[^。；;，,、：:！？\n]+/g;
/** Texts longer than this are first compared by clauses, and by tokens only where clauses differ. */
const shortText = 120;

/**
 * The edits that make `right` out of `left`, in order, or undefined when both say the same in print. The equal and
 * inserted texts joined are `right`; the equal and deleted ones are `left` (up to width, spaces and numerals, which are
 * folded before comparing).
 */
export function textEdits(left: string, right: string): TextEdit[] | undefined {
  if (left === right) return undefined;
  const edits: TextEdit[] = [];
  const byTokens = (a: string, b: string) => {
    for (const { op, left: removed, right: inserted } of diffPieces(editTokens(a), editTokens(b), keyOf)) {
      edits.push({ op, text: (op === 'delete' ? removed : inserted).join('') });
    }
  };
  if (left.length <= shortText && right.length <= shortText) byTokens(left, right);
  else {
    const parts = diffPieces(left.match(clausePattern) ?? [], right.match(clausePattern) ?? [], foldWidth);
    for (let at = 0; at < parts.length; at++) {
      const part = parts[at]!;
      if (part.op === 'equal') {
        edits.push({ op: 'equal', text: part.right.join('') });
        continue;
      }
      // A run of deleted clauses and the inserted ones beside it are one passage, changed.
      const next = parts[at + 1];
      const together = next !== undefined && next.op !== 'equal' && next.op !== part.op;
      byTokens(
        [...part.left, ...(together ? next.left : [])].join(''),
        [...part.right, ...(together ? next.right : [])].join(''),
      );
      if (together) at += 1;
    }
  }
  const joined = joinFragments(edits);
  return joined.some((edit) => edit.op !== 'equal') ? joined : undefined;
}

/** An equal run of one character between two changes is an accident of spelling, not something kept. */
function joinFragments(edits: readonly TextEdit[]): TextEdit[] {
  const result: TextEdit[] = [];
  let removed = '';
  let inserted = '';
  const flush = () => {
    if (removed) result.push({ op: 'delete', text: removed });
    if (inserted) result.push({ op: 'insert', text: inserted });
    removed = '';
    inserted = '';
  };
  edits.forEach((edit, at) => {
    if (edit.op === 'delete') removed += edit.text;
    else if (edit.op === 'insert') inserted += edit.text;
    else if (edit.text !== '') {
      const next = edits[at + 1];
      const isolated = (removed !== '' || inserted !== '') && next !== undefined && edit.text.length === 1;
      if (isolated && /[\u4e00-\u9fff]/.test(edit.text)) {
        removed += edit.text;
        inserted += edit.text;
      } else {
        flush();
        result.push(edit);
      }
    }
  });
  flush();
  return result;
}
