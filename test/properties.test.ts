import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, type Evidence, Extraction, HongtouError, type Section } from '../models/index.ts';
import type { RegionEntry } from '../models/text/regions.ts';
import { extractFile } from '../pipeline/run.ts';

/** What must hold for every text whatever: no crash, every quote at its place, sections inside each other, always the same. */

const corpus = fileURLToPath(new URL('../corpus', import.meta.url));
const regions: RegionEntry[] = JSON.parse(readFileSync(`${corpus}/regions.json`, 'utf8'));
const notices = readdirSync(`${corpus}/notices`).map((id) => ({
  id,
  bytes: readFileSync(`${corpus}/notices/${id}/notice.txt`),
}));

/** What may be said of a text that holds nothing, or of bytes that are no text. */
const mayRefuse: readonly ErrorCode[] = ['FILE_EMPTY', 'NO_TEXT', 'NOT_TEXT', 'UNSUPPORTED_FORMAT'];

async function extract(bytes: Uint8Array): Promise<Extraction | ErrorCode> {
  try {
    return await extractFile({ fileName: 'notice.txt', bytes }, { regions });
  } catch (error) {
    if (error instanceof HongtouError && mayRefuse.includes(error.code)) return error.code;
    throw error;
  }
}

/** All evidence in a value, wherever it stands. */
function evidenceIn(value: unknown): Evidence[] {
  if (Array.isArray(value)) return value.flatMap(evidenceIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('quote' in value) return [value as Evidence];
  return Object.values(value).flatMap(evidenceIn);
}

/** Where a section begins; its children begin behind it, each behind the one before. */
function checkNesting(sections: readonly Section[], from: number, level: number): number {
  let last = from;
  for (const section of sections) {
    const start = section.evidence[0]?.start ?? -1;
    expect(start).toBeGreaterThanOrEqual(last);
    expect(section.level).toBeGreaterThan(level);
    last = checkNesting(section.children, start, section.level);
  }
  return last;
}

async function check(bytes: Uint8Array): Promise<void> {
  const extraction = await extract(bytes);
  if (typeof extraction === 'string') return;
  expect(Extraction.safeParse(extraction).error).toBeUndefined();
  const { text } = extraction;
  for (const { quote, start, end } of evidenceIn([extraction.notices, extraction.findings])) {
    expect(start).toBeLessThanOrEqual(end);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(quote).toBe(text.slice(start, end));
  }
  for (const notice of extraction.notices) checkNesting(notice.sections, 0, 0);
  expect(extraction.notices.map(({ id }) => id)).toEqual(extraction.notices.map((_, index) => `n${index + 1}`));
  expect(await extract(bytes)).toEqual(extraction);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Shreds of notices of many fields, which fall in any order. */
const shreds = [
  '临江县应急管理局文件',
  '临应急发〔2025〕7号',
  '〔2025〕',
  '号',
  '关于开展',
  '的通知',
  '关于印发《校园食品安全整治方案》的通知',
  '各乡镇人民政府，县直有关部门：',
  '一、',
  '（一）',
  '1.',
  '（1）',
  '①',
  '第一条',
  '重点检查',
  '严厉打击',
  '是否存在',
  '未经许可经营燃气、擅自改装钢瓶、超量充装等违法行为',
  '，',
  '、',
  '；',
  '。',
  '：',
  '（',
  '）',
  '《',
  '》',
  '“',
  '”',
  '每月5日前报送统计表',
  '每季度末月',
  '2025年6月30日前',
  '二〇二五年四月二十二日',
  '4月31日',
  '自收到之日起10个工作日内',
  '即日起至12月底',
  '第一阶段（2025年3月至5月）',
  '覆盖率达到100%',
  '不少于30人次',
  '联系人：',
  '周明远',
  '电话：0371-65500000',
  'gas@example.org',
  '附件：1.统计表',
  '附件1',
  '附件：',
  '填报单位（盖章）：',
  '注：',
  '合计',
  '|类别|数量（家）|',
  '|---|---|',
  '| |\\|',
  '类别\t数量\t备注',
  '<table><tr><td rowspan=2>甲</td><td>乙</td></tr></table>',
  '（县教育局负责）',
  '（此件公开发布）',
  '抄送：县委办公室。',
  '临江县人民政府办公室2025年5月1日印发',
  '\n',
  '\n\n',
  ' ',
  '\u3000\u3000',
  '\t',
  '\f',
  '---',
  '— 2 —',
  '# ',
  '**',
  '![](a.jpg)',
  '索引号：011-2025\n发文机关：县局',
  '6',
  '\ud83d',
  '𠮷',
  '\u0007',
  '\u200b',
];

const options = { seed: 20250422 } as const;

describe('whatever the text', () => {
  it('any characters', async () => {
    const any = fc.string({ unit: 'binary', maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(any, (text) => check(encode(text))),
      { ...options, numRuns: 150 },
    );
  });

  it('any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => check(bytes)),
      { ...options, numRuns: 150 },
    );
  });

  it('Chinese characters and punctuation without sense', async () => {
    const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCharCode(code));
    const sign = fc.constantFrom(...'，。、；：（）《》“”—…·0123456789年月日号一二三十\n \t%');
    const unit = fc.oneof({ weight: 2, arbitrary: han }, sign);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 600 }), (text) => check(encode(text))),
      { ...options, numRuns: 150 },
    );
  });

  it('shreds of notices in any order', async () => {
    const text = fc.array(fc.constantFrom(...shreds), { maxLength: 80 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, (words) => check(encode(words))),
      { ...options, numRuns: 400 },
    );
  });

  it('one shred many times', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...shreds), fc.nat({ max: 300 }), (shred, times) =>
        check(encode(`关于检查的通知\n各学校：\n${shred.repeat(times)}`)),
      ),
      { ...options, numRuns: 120 },
    );
  });
});

/**
 * Words on which careless patterns try every way of parting the text: with a nested repetition these end only after years. Each
 * stands where the enumerations, the subjects of sentences, the titles and the brackets are read.
 */
const treacherous = [
  '、',
  '和',
  '的',
  '等的',
  '等涉',
  '违法违规',
  '违法违规行为、',
  '[甲]',
  '（甲）',
  '，对重点检查',
  '《一',
];

describe('nothing is parted in every way', () => {
  it.each(treacherous)('%s', async (word) => {
    const run = word.repeat(400);
    const text = `关于检查的通知${run.slice(0, 80)}甲\n各学校：\n\n一、重点检查${run}甲。\n（一）${run}企业要于4月1日前报送${run}甲（${run}负责）。\n${run}`;
    expect((await extractFile({ fileName: 'notice.txt', bytes: encode(text) })).text).toContain(run.slice(0, 40));
  });
});

describe('notices of the corpus', () => {
  it.each(notices)('$id', async ({ bytes }) => {
    const extraction = await extract(bytes);
    expect(extraction).toHaveProperty('notices.0');
    await check(bytes);
  });

  it('cut anywhere, within a character too', async () => {
    const cut = fc
      .tuple(fc.constantFrom(...notices), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 3_000 }))
      .map(([{ bytes }, from, length]) => {
        const start = Math.floor(from * bytes.length);
        return bytes.subarray(start, start + length);
      });
    await fc.assert(fc.asyncProperty(cut, check), { ...options, numRuns: 150 });
  });

  it('with their lines shuffled', async () => {
    const shuffled = fc.constantFrom(...notices).chain(({ bytes }) => {
      const lines = new TextDecoder().decode(bytes).split('\n');
      return fc.shuffledSubarray(lines, { minLength: Math.ceil(lines.length / 2) });
    });
    await fc.assert(
      fc.asyncProperty(shuffled, (lines) => check(encode(lines.join('\n')))),
      { ...options, numRuns: 60 },
    );
  });
});
