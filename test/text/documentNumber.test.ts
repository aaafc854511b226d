import { describe, expect, test } from 'vitest';
import { findDocumentNumbers, parseDocumentNumber } from '../../models/text/documentNumber.ts';

/** value agencyCode year serial, with ! where the form is not that of GB/T 9704-2012, 7.2.5. */
const numbers = (text: string, ...expected: readonly string[]) =>
  test(`${text} → ${expected.join('; ') || 'none'}`, () => {
    const found = findDocumentNumbers(text);
    expect(
      found.map(
        ({ value, agencyCode, year, serial, standard }) =>
          `${value} ${agencyCode ?? '-'} ${year} ${serial}${standard ? '' : ' !'}`,
      ),
    ).toEqual(expected);
    for (const { start, end, value } of found) expect(text.slice(start, end).replace(/\s/g, '')).toBe(value);
  });

describe('the form of the standard', () => {
  numbers('禾住建〔2025〕58号', '禾住建〔2025〕58号 禾住建 2025 58');
  numbers('青应急函〔2025〕12 号', '青应急函〔2025〕12号 青应急函 2025 12');
  numbers('青卫医发 〔2025〕 3 号', '青卫医发〔2025〕3号 青卫医发 2025 3');
  numbers('2024年第48号', '2024年第48号 - 2024 48');
});

describe('other printed forms', () => {
  numbers('禾安办发[2025]3号', '禾安办发[2025]3号 禾安办发 2025 3 !');
  numbers('青农（2025）7号', '青农（2025）7号 青农 2025 7 !');
  numbers('青府办〔2025〕第7号', '青府办〔2025〕第7号 青府办 2025 7 !');
  numbers('青府办〔2025〕007号', '青府办〔2025〕007号 青府办 2025 7 !');
  numbers('根据《通知》（青农（法）发〔2025〕4号）', '青农（法）发〔2025〕4号 青农（法）发 2025 4');
  numbers('《管理办法（试行）》青农发〔2025〕4号', '青农发〔2025〕4号 青农发 2025 4');
  numbers('青市监〔25〕9号', '青市监〔25〕9号 青市监 2025 9 !');
  numbers('青理校设〔2025〕-15号', '青理校设〔2025〕-15号 青理校设 2025 15 !');
  numbers('青府〔二〇二五〕五号', '青府〔二〇二五〕五号 青府 2025 5 !');
});

describe('words before the agency code', () => {
  numbers('根据《通知》（漪城管发〔2025〕46号）要求', '漪城管发〔2025〕46号 漪城管发 2025 46');
  numbers('按照禾安办发〔2025〕3号', '禾安办发〔2025〕3号 禾安办发 2025 3');
  numbers('与青教〔2025〕1号', '青教〔2025〕1号 青教 2025 1');
  numbers('关于转发临医保发〔2025〕8号文件的通知', '临医保发〔2025〕8号 临医保发 2025 8');
  numbers(
    '青府办发〔2025〕1号、青府办发〔2025〕2号文件',
    '青府办发〔2025〕1号 青府办发 2025 1',
    '青府办发〔2025〕2号 青府办发 2025 2',
  );
});

describe('what is none', () => {
  numbers('青教体〔2025〕号');
  numbers('〔2025〕5号');
  numbers('2025年5号楼');
});

test('a number with anything beside it is not a number alone', () => {
  expect(parseDocumentNumber(' 禾住建〔2025〕58号 ')?.serial).toBe(58);
  expect(parseDocumentNumber('见禾住建〔2025〕58号文')).toBeUndefined();
  expect(parseDocumentNumber('关于禾住建的说明')).toBeUndefined();
});
