import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAnnotated } from '../../corpus/cascades/annotated.ts';
import { generateCascade } from '../../corpus/cascades/generateCascade.ts';
import { Comparison, CoverageMatrix } from '../../models/comparison.ts';
import { compareCommand } from '../../server/commands/compare.ts';
import { matrixCommand } from '../../server/commands/matrix.ts';
import { splitNoticeId } from '../../server/commands/noticeArgument.ts';

let folder = '';
const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hongtou-compare-'));
  const { upper, lower } = generateCascade(21);
  await writeFile(file('upper.txt'), parseAnnotated(upper).text);
  await writeFile(file('lower.txt'), parseAnnotated(lower).text);
  await writeFile(file('empty.txt'), '');
});
afterAll(() => rm(folder, { recursive: true }));

function captured() {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: async (text: string) => void out.push(text), err: (line: string) => void err.push(line) };
  return { io, out: () => out.join(''), err: () => err.join('\n') };
}

describe('hongtou compare', () => {
  test('--json prints the comparison and nothing else', async () => {
    const { io, out, err } = captured();
    expect(await compareCommand([file('upper.txt'), file('lower.txt'), '--json'], io)).toBe(0);
    const comparison = Comparison.parse(JSON.parse(out()));
    expect([comparison.left.fileName, comparison.right.fileName]).toEqual(['upper.txt', 'lower.txt']);
    expect(err()).toBe('');
  });

  test('what is found in running text has its place', async () => {
    const { io, out } = captured();
    await compareCommand([file('upper.txt'), file('lower.txt'), '--json'], io);
    const items = Comparison.parse(JSON.parse(out())).items.flatMap(({ left, right }) => [...left, ...right]);
    for (const item of items) expect(item.evidence[0]?.quote.length).toBeGreaterThan(0);
  });

  test('without --json a person reads it', async () => {
    const { io, out } = captured();
    expect(await compareCommand([file('upper.txt'), file('lower.txt')], io)).toBe(0);
    expect(out()).toContain('公文比对报告');
  });

  test.each(['xlsx', 'docx', 'html'])('-o writes a report as .%s', async (ending) => {
    const { io, out } = captured();
    expect(await compareCommand([file('upper.txt'), file('lower.txt'), '-o', file(`report.${ending}`)], io)).toBe(0);
    expect(out()).toBe('');
    const bytes = await readFile(file(`report.${ending}`));
    expect(bytes.subarray(0, ending === 'html' ? 9 : 2).toString()).toBe(ending === 'html' ? '<!doctype' : 'PK');
  });

  test.each([
    ['one argument', ['a.txt'], 2, 'was given 1 arguments'],
    ['an unknown option', ['a.txt', 'b.txt', '--colour'], 2, '--colour'],
  ])('wrong usage: %s', async (_, argv, status, message) => {
    const { io, err } = captured();
    expect(await compareCommand(argv, io)).toBe(status);
    expect(err()).toContain(message);
  });

  test('an ending that is no report is wrong usage', async () => {
    const { io, err } = captured();
    expect(await compareCommand([file('upper.txt'), file('lower.txt'), '-o', file('report.csv')], io)).toBe(2);
    expect(err()).toContain('.xlsx, .docx or .html');
  });

  test('each side that cannot be read is named, in one line each', async () => {
    const { io, out, err } = captured();
    expect(await compareCommand([file('none.txt'), file('empty.txt'), '--json'], io)).toBe(1);
    expect(err().split('\n')).toHaveLength(2);
    expect(err()).toMatch(/none\.txt.*does not exist[\s\S]*empty\.txt.*is empty/);
    expect(out()).toBe('');
  });

  test('a notice that the file does not hold', async () => {
    const { io, err } = captured();
    expect(await compareCommand([`${file('upper.txt')}#n7`, file('lower.txt')], io)).toBe(1);
    expect(err()).toContain('n7');
  });

  test('a library id is found by the resolver', async () => {
    const { io, out } = captured();
    const { notice, text } = parseAnnotated(generateCascade(22).upper);
    const resolve = async (name: string) =>
      name === 'abc' ? { fileName: 'kept.pdf', notices: [notice], text } : undefined;
    expect(await compareCommand(['abc', file('lower.txt'), '--json'], io, { resolve })).toBe(0);
    expect(Comparison.parse(JSON.parse(out())).left.fileName).toBe('kept.pdf');
  });

  test.each([
    ['a.pdf#n2', 'a.pdf', 'n2'],
    ['a.pdf', 'a.pdf', null],
    ['第#1号.pdf', '第#1号.pdf', null],
  ])('%s names %s, %s', (argument, source, noticeId) => {
    expect(splitNoticeId(argument)).toEqual({ source, noticeId });
  });
});

describe('hongtou matrix', () => {
  test('a lower notice that cannot be read is left out and the status says so', async () => {
    const { io, out, err } = captured();
    expect(await matrixCommand([file('upper.txt'), file('lower.txt'), file('none.txt'), '--json'], io)).toBe(1);
    expect(CoverageMatrix.parse(JSON.parse(out())).rows).toHaveLength(1);
    expect(err()).toContain('none.txt');
  });

  test('-o writes the workbook', async () => {
    const { io } = captured();
    expect(await matrixCommand([file('upper.txt'), file('lower.txt'), '-o', file('matrix.xlsx')], io)).toBe(0);
    expect((await readFile(file('matrix.xlsx'))).subarray(0, 2).toString()).toBe('PK');
  });

  test('without a lower notice it is wrong usage', async () => {
    const { io, err } = captured();
    expect(await matrixCommand([file('upper.txt')], io)).toBe(2);
    expect(err()).toContain('matrix UPPER LOWER');
  });
});
