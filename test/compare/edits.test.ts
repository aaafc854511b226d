import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText } from '../../models/text/fold.ts';
import { editTokens, textEdits } from '../../pipeline/compare/edits.ts';

/** 每亩[150元→200元]: the expectation written into the text. */
function marked(left: string, right: string): string {
  let result = '';
  const edits = textEdits(left, right) ?? [{ op: 'equal' as const, text: right }];
  edits.forEach((edit, at) => {
    if (edit.op === 'equal') result += edit.text;
    else if (edit.op === 'delete') {
      const next = edits[at + 1];
      result += `[${edit.text}→${next?.op === 'insert' ? next.text : ''}]`;
    } else if (edits[at - 1]?.op !== 'delete') result += `[→${edit.text}]`;
  });
  return result;
}

describe('what is highlighted between two texts', () => {
  test.each([
    ['an amount changes as a whole', '补助标准为每亩150元', '补助标准为每亩200元', '补助标准为每亩[150元→200元]'],
    [
      'a date changes as a whole',
      '于2024年4月10日前报送',
      '于2024年4月12日前报送',
      '于[2024年4月10日→2024年4月12日]前报送',
    ],
    [
      'a document number changes as a whole',
      '按文安办〔2024〕12号执行',
      '按文安办〔2024〕21号执行',
      '按[文安办〔2024〕12号→文安办〔2024〕21号]执行'.replace('按[', '[按').replace('→', '→按'),
    ],
    ['a percentage changes as a whole', '覆盖率达到95%以上', '覆盖率达到98.5%以上', '覆盖率达到[95%→98.5%]以上'],
    ['width and numerals are no change', '（每年２次）', '(每年2次)', '(每年2次)'],
    ['words inserted', '检查企业', '检查全部企业', '检查[→全部]企业'],
    ['a single character between two changes goes with them', '甲乙丙丁', '戊乙己丁', '[甲乙丙→戊乙己]丁'],
  ])('%s', (_, left, right, expected) => {
    expect(marked(left, right)).toBe(expected);
  });

  test('texts printed alike have no edits', () => {
    expect(textEdits('报送工作总结', '报送工作总结')).toBeUndefined();
  });

  const word = fc.constantFrom(
    '检查',
    '企业',
    '2024年4月10日',
    '150元',
    '95%',
    '，',
    '。',
    '不得',
    '安全',
    '、',
    'GSP',
    '十六家',
  );
  const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(''));

  test('edits applied to the left give the right, and taken back give the left', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const edits = textEdits(left, right);
        if (edits === undefined) {
          expect(foldText(left)).toBe(foldText(right));
          return;
        }
        const side = (op: 'insert' | 'delete') =>
          edits
            .filter((edit) => edit.op === 'equal' || edit.op === op)
            .map((edit) => edit.text)
            .join('');
        expect(side('insert')).toBe(right);
        expect(foldText(side('delete'))).toBe(foldText(left));
      }),
      { numRuns: 300 },
    );
  });

  test('tokens joined are the text again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (any) => {
        expect(editTokens(any).join('')).toBe(any);
      }),
    );
  });
});
