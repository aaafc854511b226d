import { diffArrays } from 'diff';
import type { TextEdit } from '../../models/comparison.ts';
import { foldText } from '../../models/text/fold.ts';

/**
 * What to highlight between two texts. Tokens, not characters: a date, an amount, a percentage, a document number or a
 * Latin word changes as a whole; Chinese text goes by character and is joined where only a single character would stay
 * between two changes.
 */
const tokenPattern =
  /[\u4e00-\u9fffA-Za-z]{1,12}[〔[［【]\s*\d{4}\s*[〕\]］】]\s*第?\d+号|\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{4}-\d{1,2}-\d{1,2}|百分之[〇零一二三四五六七八九十百点\d.]+|[〇零一二两三四五六七八九十百千万]*[十百千万][〇零一二两三四五六七八九十百千万]*(?:余)?(?:个工作日|平方米|公里|小时|万元|亿元|[元年月日天周家个件次名人户所处份吨倍成条项])|\d[\d,]*(?:\.\d+)?\s*(?:个工作日|个百分点|平方米|公里|小时|分钟|万元|亿元|[%％‰元年月日天周家个件次名人户所处份吨倍成条项])?|[A-Za-z][A-Za-z0-9._@-]*|\s+|[\s\S]/gu;

/** The tokens of a text as printed; joined they are the text again. */
export function editTokens(text: string): string[] {
  return text.match(tokenPattern) ?? [];
}

/** Edits looked for before a pair is called rewritten as a whole: keeps hostile input linear. */
const maxEdits = 4000;

/**
 * The edits that make `right` out of `left`, in order, or undefined when both are printed alike. The equal and inserted
 * texts joined are `right`; the equal and deleted ones are `left` (up to width, spaces and numerals, which are folded
 * before comparing).
 */
export function textEdits(left: string, right: string): TextEdit[] | undefined {
  if (left === right) return undefined;
  const leftTokens = editTokens(left);
  const rightTokens = editTokens(right);
  const leftKeys = leftTokens.map((token) => foldText(token));
  const rightKeys = rightTokens.map((token) => foldText(token));
  const parts = diffArrays(leftKeys, rightKeys, { maxEditLength: maxEdits });
  if (parts === undefined) {
    return [
      { op: 'delete', text: left },
      { op: 'insert', text: right },
    ];
  }
  const edits: TextEdit[] = [];
  let i = 0;
  let j = 0;
  for (const part of parts) {
    const count = part.value.length;
    if (part.removed) {
      edits.push({ op: 'delete', text: leftTokens.slice(i, i + count).join('') });
      i += count;
    } else if (part.added) {
      edits.push({ op: 'insert', text: rightTokens.slice(j, j + count).join('') });
      j += count;
    } else {
      edits.push({ op: 'equal', text: rightTokens.slice(j, j + count).join('') });
      i += count;
      j += count;
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
    else {
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
