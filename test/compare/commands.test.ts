import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAnnotated } from '../../corpus/cascades/annotated.ts';
import { generateCascade } from '../../corpus/cascades/generateCascade.ts';
import { Comparison, CoverageMatrix } from '../../models/comparison.ts';
import { main } from '../../server/cli.ts';
import type { Io } from '../../server/io.ts';

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

/** Runs one command line on a library of its own and keeps what it wrote. */
async function run(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: async (text) => void out.push(text),
    err: (line) => void err.push(line),
    progress: () => undefined,
    outIsClosed: false,
  };
  const status = await main([...argv, '--data', file('data')], io);
  return { status, out: out.join(''), err: err.join('\n') };
}

describe('hongtou compare', () => {
  test('--json prints the comparison and nothing else', async () => {
    const { status, out, err } = await run('compare', file('upper.txt'), file('lower.txt'), '--json');
    expect([status, err]).toEqual([0, '']);
    const comparison = Comparison.parse(JSON.parse(out));
    expect([comparison.left.fileName, comparison.right.fileName]).toEqual(['upper.txt', 'lower.txt']);
  });

  test('what is found in running text has its place there', async () => {
    const write = (name: string, body: string) =>
      writeFile(
        file(name),
        parseAnnotated(
          `机关：青原省消防救援总队\n标题：关于开展消防检查的通知\n主送：各支队\n日期：2024年3月1日\n\n${body}`,
        ).text,
      );
    await write('list.txt', '一、检查重点\n重点检查疏散通道被占用、室内消火栓被圈占遮挡等问题。');
    await write('prose.txt', '一、有关事项\n各单位应当自查。室内消火栓被圈占遮挡的，当场清除。');
    const { out } = await run('compare', file('list.txt'), file('prose.txt'), '--json');
    const found = Comparison.parse(JSON.parse(out)).items.flatMap(({ right }) => right);
    expect(found.map(({ text, evidence }) => [text, evidence[0]?.quote])).toEqual([
      ['室内消火栓被圈占遮挡的', '室内消火栓被圈占遮挡的'],
    ]);
  });

  test('without --json a person reads it', async () => {
    const { status, out } = await run('compare', file('upper.txt'), file('lower.txt'));
    expect(status).toBe(0);
    expect(out).toContain('公文比对报告');
  });

  test.each(['xlsx', 'docx', 'html'])('-o writes a report as .%s', async (ending) => {
    const { status, out } = await run('compare', file('upper.txt'), file('lower.txt'), '-o', file(`report.${ending}`));
    expect([status, out]).toEqual([0, '']);
    const bytes = await readFile(file(`report.${ending}`));
    expect(bytes.subarray(0, ending === 'html' ? 9 : 2).toString()).toBe(ending === 'html' ? '<!doctype' : 'PK');
  });

  test('one argument, an unknown option or an ending that is no report is wrong usage', async () => {
    expect((await run('compare', file('upper.txt'))).status).toBe(2);
    expect((await run('compare', file('upper.txt'), file('lower.txt'), '--colour')).status).toBe(2);
    const ending = await run('compare', file('upper.txt'), file('lower.txt'), '-o', file('report.csv'));
    expect([ending.status, ending.err.includes('.xlsx, .docx or .html')]).toEqual([2, true]);
  });

  test('each side that cannot be read is named', async () => {
    const { status, out, err } = await run('compare', file('none.txt'), file('empty.txt'), '--json');
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/none\.txt.*does not exist[\s\S]*empty\.txt.*is empty/);
  });

  test('a notice that the file does not hold', async () => {
    const { status, err } = await run('compare', `${file('upper.txt')}#n7`, file('lower.txt'));
    expect([status, err.includes('n7')]).toEqual([1, true]);
  });
});

describe('hongtou matrix', () => {
  test('a lower notice that cannot be read is left out and the status says so', async () => {
    const { status, out, err } = await run('matrix', file('upper.txt'), file('lower.txt'), file('none.txt'), '--json');
    expect([status, err.includes('none.txt')]).toEqual([1, true]);
    expect(CoverageMatrix.parse(JSON.parse(out)).rows).toHaveLength(1);
  });

  test('-o writes the workbook', async () => {
    const { status } = await run('matrix', file('upper.txt'), file('lower.txt'), '-o', file('matrix.xlsx'));
    expect(status).toBe(0);
    expect((await readFile(file('matrix.xlsx'))).subarray(0, 2).toString()).toBe('PK');
  });

  test('without a lower notice it is wrong usage', async () => {
    expect((await run('matrix', file('upper.txt'))).status).toBe(2);
  });
});
