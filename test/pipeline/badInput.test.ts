import { describe, expect, test } from 'vitest';
import { HongtouError, readLimits } from '../../models/index.ts';
import { extractFile } from '../../pipeline/run.ts';

const notice = '关于检查的通知\n\n各学校：\n\n请于2025年4月10日前报送总结。\n\n桐河县教育局\n2025年3月1日\n';

async function refusal(content: string | Uint8Array, fileName = '通知.txt'): Promise<HongtouError> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  try {
    await extractFile({ fileName, bytes });
  } catch (error) {
    if (error instanceof HongtouError) return error;
    throw error;
  }
  throw new Error(`${fileName} was read.`);
}

describe('input that the pipeline refuses, with one line that names the file and what to do', () => {
  const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 73 + 19) % 256);
  test.each([
    ['no bytes', new Uint8Array(), 'FILE_EMPTY'],
    ['white space alone', ' \n\t\u3000\n', 'NO_TEXT'],
    ['invisible characters alone', '\u200b\ufeff\u200b\n', 'NO_TEXT'],
    ['binary data named .txt', noise, 'NOT_TEXT'],
    ['a text of 50 MB', new Uint8Array(50 * 1024 * 1024).fill(0x61), 'FILE_TOO_LARGE'],
    ['one line of five million characters', '桐'.repeat(5_000_000), 'TEXT_TOO_LONG'],
    ['one character more than is read', '桐'.repeat(readLimits.textLength + 1), 'TEXT_TOO_LONG'],
  ])('%s', async (_, content, code) => {
    const error = await refusal(content);
    expect(error.code).toBe(code);
    expect(error.line).toContain('通知.txt');
    expect(error.line).not.toContain('\n');
  });
});

describe('input that is odd and is read all the same', () => {
  const facts = async (text: string) => {
    const { notices, diagnostics } = await extractFile({
      fileName: '通知.txt',
      bytes: new TextEncoder().encode(text),
    });
    return { due: notices[0]?.deadlines[0]?.due, codes: diagnostics.map(({ code }) => code) };
  };
  const due = { kind: 'date', date: '2025-04-10' };

  test('a notice in order says nothing of its reading', async () => {
    expect(await facts(notice)).toEqual({ due, codes: [] });
  });

  test('control characters are taken out and said', async () => {
    expect(await facts(notice.replace('报送', '报\u0000送\u0007'))).toEqual({ due, codes: ['control-characters'] });
  });

  test('half a surrogate pair and characters beyond the basic plane', async () => {
    expect((await facts(notice.replace('各学校', '𠮷镇各学校\ud83d'))).due).toEqual(due);
  });

  test('line ends of every kind', async () => {
    expect((await facts(notice.replaceAll('\n', '\r\n'))).due).toEqual(due);
    expect((await facts(notice.replaceAll('\n', '\r'))).due).toEqual(due);
  });

  test('a line of a hundred thousand characters', async () => {
    const { notices } = await extractFile({
      fileName: '通知.txt',
      bytes: new TextEncoder().encode(notice.replace('请于', `${'各单位要加强管理，'.repeat(11_200)}请于`)),
    });
    expect(notices[0]?.title?.value).toBe('关于检查的通知');
  });
});
