import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { HongtouError, Layout } from '../../models/index.ts';
import { read } from '../../pipeline/read/index.ts';
import { attachmentNumber } from '../../pipeline/read/memberOrder.ts';
import { type ZipPart, zipOf } from './zipOf.ts';

const notice = '青溪县教育局文件\n青教发〔2025〕8号\n关于开展校园消防检查的通知\n各学校：\n请按附件要求办理。';
const plan = '附件1\n校园消防检查方案\n一、目标';
const form = '附件2\n统计表\n\n学校\t数量\n\t';

const readParts = (parts: readonly ZipPart[]): Promise<Layout> => read({ fileName: '通知.zip', bytes: zipOf(parts) });

/** Members in order, then what was said of the rest. */
async function members(parts: readonly ZipPart[]): Promise<string[]> {
  const layout = await readParts(parts);
  return [...layout.pages.map((page) => page.member ?? ''), ...layout.diagnostics.map((d) => `(${d.code})`)];
}

const codeOf = async (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'read',
    (error: unknown) => (error instanceof HongtouError ? error.code : String(error)),
  );

describe('the order of members', () => {
  const cases: [reason: string, parts: ZipPart[], expected: string[]][] = [
    [
      'the notice first, then attachments by number',
      [
        { name: '附件2.txt', data: form },
        { name: '附件1.txt', data: plan },
        { name: '正文.txt', data: notice },
      ],
      ['正文.txt', '附件1.txt', '附件2.txt'],
    ],
    [
      'the notice is known by its content',
      [
        { name: 'a.txt', data: plan },
        { name: 'b.txt', data: notice },
        { name: 'c.txt', data: form },
      ],
      ['b.txt', 'a.txt', 'c.txt'],
    ],
    [
      'ten comes after two',
      [
        { name: '附件10 名单.txt', data: '名单十' },
        { name: '附件2 名单.txt', data: '名单二' },
        { name: '通知.txt', data: notice },
      ],
      ['通知.txt', '附件2 名单.txt', '附件10 名单.txt'],
    ],
    [
      'Chinese numerals and brackets',
      [
        { name: '附件三.txt', data: '丙' },
        { name: '（2）名单.txt', data: '乙' },
        { name: '1.名单.txt', data: '甲' },
        { name: '通知.txt', data: notice },
      ],
      ['通知.txt', '1.名单.txt', '（2）名单.txt', '附件三.txt'],
    ],
    [
      'numbers inside the files',
      [
        { name: '汇总.txt', data: '附件2\n汇总表' },
        { name: '名单.txt', data: '附件1\n名单' },
        { name: '通知.txt', data: notice },
      ],
      ['通知.txt', '名单.txt', '汇总.txt'],
    ],
    [
      'files without a number come last',
      [
        { name: '说明.txt', data: '说明' },
        { name: '附件1.txt', data: plan },
        { name: '通知.txt', data: notice },
      ],
      ['通知.txt', '附件1.txt', '说明.txt'],
    ],
    [
      'junk of systems is left out',
      [
        { name: '__MACOSX/._通知.txt', data: 'x' },
        { name: '.DS_Store', data: 'x' },
        { name: 'Thumbs.db', data: 'x' },
        { name: '~$通知.docx', data: 'x' },
        { name: '通知.txt', data: notice },
      ],
      ['通知.txt'],
    ],
    [
      'the pictures of a saved page belong to it',
      [
        { name: '通知.html', data: `<html><body>${notice}` },
        { name: '通知_files/a.js', data: 'var a' },
      ],
      ['通知.html'],
    ],
    [
      'a member that cannot be read',
      [
        { name: '附件1.rar', data: Buffer.from('Rar!\x1a\x07\0', 'latin1') },
        { name: '空.txt', data: '' },
        { name: '通知.txt', data: notice },
      ],
      ['通知.txt', '(member-unreadable)', '(member-unreadable)'],
    ],
    [
      'the same file twice',
      [
        { name: '通知.txt', data: notice },
        { name: '副本/通知.txt', data: notice },
      ],
      ['通知.txt', '(member-duplicate)'],
    ],
    [
      'one document in two formats',
      [
        { name: '通知.txt', data: `${notice}\n` },
        { name: '通知.html', data: `<html><body>${notice}` },
      ],
      ['通知.html', '(member-duplicate)'],
    ],
  ];
  test.each(cases)('%s', async (_, parts, expected) => expect(await members(parts)).toEqual(expected));

  test.each([
    ['附件1', [1]],
    ['附件 12：名单', [12]],
    ['附件十二', [12]],
    ['附件二十', [20]],
    ['附件2-1 汇总', [2, 1]],
    ['附表3', [3]],
    ['03_统计表', [3]],
    ['2025年工作要点', null],
    ['通知', null],
  ])('the number in the name %s', async (name, number) => {
    const layout = await read({ fileName: 'a.txt', bytes: Buffer.from('甲') });
    expect(attachmentNumber(name, layout)).toEqual(number);
  });
});

describe('one document of many files', () => {
  test('each following file begins with its name; pages count on', async () => {
    const layout = await readParts([
      { name: '附件1.统计表.txt', data: `${form}\f第二页` },
      { name: '通知.txt', data: notice },
    ]);
    expect(Layout.safeParse(layout).success).toBe(true);
    expect(layout).toMatchObject({ mediaType: 'application/zip', paged: true });
    expect(layout.pages.map((page) => page.page)).toEqual([1, 2, 3]);
    expect(layout.pages[0]!.blocks[0]).toMatchObject({ text: '青溪县教育局文件', role: null });
    expect(layout.pages[1]!.blocks[0]).toMatchObject({ text: '附件1.统计表', role: 'member' });
    expect(layout.pages[2]!.blocks[0]).toMatchObject({ text: '第二页' });
  });

  test('names in GBK', async () => {
    const gbk = (name: string): ZipPart => ({
      name: iconv.encode(name, 'GBK'),
      data: name.includes('附') ? plan : notice,
      flags: 0,
    });
    expect(await members([gbk('附件1.txt'), gbk('通知.txt')])).toEqual(['通知.txt', '附件1.txt']);
  });

  test('an archive inside, by the same rules', async () => {
    const inner = zipOf([
      { name: '附件2.txt', data: form },
      { name: '附件1.txt', data: plan },
    ]);
    const layout = await readParts([
      { name: '附件.zip', data: inner },
      { name: '通知.txt', data: notice },
    ]);
    expect(layout.pages.map((page) => page.member)).toEqual(['通知.txt', '附件.zip/附件1.txt', '附件.zip/附件2.txt']);
    const names = layout.pages.map((page) =>
      page.blocks.flatMap((b) => (b.type === 'line' && b.role === 'member' ? [b.text] : [])),
    );
    expect(names).toEqual([[], ['附件1'], ['附件2']]);
  });

  test('what is said of a member names it and its page', async () => {
    const bytes = iconv.encode(plan, 'GBK');
    const layout = await readParts([
      { name: '附件1.txt', data: bytes },
      { name: '通知.txt', data: notice },
    ]);
    expect(layout.diagnostics).toMatchObject([{ code: 'encoding', message: '附件1.txt：文件编码为 GB18030。' }]);
  });
});

describe('hostile archives', () => {
  test('nothing inside', async () => expect(await codeOf(readParts([]))).toBe('NO_TEXT'));
  test('junk alone', async () => expect(await codeOf(readParts([{ name: '.DS_Store', data: 'x' }]))).toBe('NO_TEXT'));
  test('cut off', async () => {
    const bytes = zipOf([{ name: '通知.txt', data: notice }]);
    expect(await codeOf(read({ fileName: 'a.zip', bytes: bytes.subarray(0, bytes.length - 30) }))).toBe('FILE_DAMAGED');
  });
  test('everything encrypted', async () => {
    expect(await codeOf(readParts([{ name: '通知.txt', data: notice, flags: 0x801 }]))).toBe('FILE_ENCRYPTED');
  });
  test('nothing readable, for several reasons', async () => {
    const parts = [
      { name: 'a.txt', data: '' },
      { name: 'b.rar', data: 'Rar!\x1a\x07' },
    ];
    expect(await codeOf(readParts(parts))).toBe('FILE_DAMAGED');
  });
  test('archives in archives end at the third', async () => {
    let bytes = zipOf([{ name: '深.txt', data: plan }]);
    for (let depth = 0; depth < 6; depth++)
      bytes = zipOf([
        { name: `${depth}.zip`, data: bytes },
        { name: `${depth}.txt`, data: `第${depth}层` },
      ]);
    const layout = await read({ fileName: '套.zip', bytes });
    expect(layout.pages.map((page) => page.member)).toEqual(['5.txt', '5.zip/4.txt', '5.zip/4.zip/3.txt']);
    expect(layout.diagnostics.map((d) => d.code)).toEqual(['member-unreadable']);
  });
  test('a bomb among good files is left out', async () => {
    const layout = await readParts([
      { name: '附件1.txt', data: Buffer.alloc(30_000_000) },
      { name: '通知.txt', data: notice },
    ]);
    expect(layout.pages.map((page) => page.member)).toEqual(['通知.txt']);
    expect(layout.diagnostics).toMatchObject([
      { code: 'member-unreadable', message: '压缩包内的“附件1.txt”没有读出：超出读取限制。' },
    ]);
  });
  test('a path that leaves the archive', async () => {
    expect(
      await members([
        { name: '../../etc/passwd', data: 'x' },
        { name: '通知.txt', data: notice },
      ]),
    ).toEqual(['通知.txt', '(archive-path-outside)']);
  });
});
