import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { beforeAll, describe, expect, it } from 'vitest';
import { CollectState } from '../../models/index.ts';
import { zipOf } from '../read/zipOf.ts';
import { run } from '../runCommand.ts';
import { temporaryFolder } from '../store/folders.ts';

const notice = `浅川县应急管理局文件
浅应急发〔2025〕9号
浅川县应急管理局关于开展燃气安全“守护”专项行动的通知
各乡镇：
现就开展燃气安全排查有关事项通知如下。
一、报送要求
各乡镇应于每月17日前报送当月排查情况统计表（附件1）。
附件：1. 燃气安全排查情况统计表
2. 典型案例报送（参考模板）
浅川县应急管理局
2025年3月10日
附件1
2025年X月燃气安全排查情况统计表
填报单位：_____ 填报人：_____
类别	餐饮单位	学校
检查单位数量（家）		
发现问题单位数量（家）		
完成整改单位数量（家）		
注：每月17日前报送当月情况。
附件2
典型案例报送
（参考模板）
填报单位：_____（盖章）
一、案情概述
简要介绍案件主要情形。
二、查办结果
`;

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  file = path.join(folder, '通知.txt');
  await writeFile(file, notice);
  await writeFile(path.join(folder, '单位.csv'), '单位名称,上级单位\n东乡,浅川县\n西乡,浅川县\n');
});

const at = (name: string) => path.join(folder, name);

describe('hongtou template', () => {
  it('makes the workbook that the notice prescribes', async () => {
    const { status } = await run('template', file, '-o', at('表.xlsx'), '--period', '2025-06', '--unit', '东乡');
    expect(status).toBe(0);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(at('表.xlsx'));
    const [sheet] = workbook.worksheets;
    const texts: string[] = [];
    sheet!.eachRow((row) => row.eachCell((cell) => texts.push(String(cell.value))));
    expect(texts).toContain('2025年6月燃气安全排查情况统计表');
    expect(texts).toContain('东乡');
    expect(texts).toContain('本期报送截止：2025年6月17日。');
  });
  it('makes documents, with the forms that have no table', async () => {
    expect((await run('template', file, '-o', at('表.docx'))).status).toBe(0);
    expect((await readFile(at('表.docx'))).subarray(0, 2).toString()).toBe('PK');
  });
  it('prints CSV and JSON Schema', async () => {
    expect((await run('template', file, '--csv')).out).toContain('检查单位数量（家）');
    const { out } = await run('template', file, '--schema', '--table', '1');
    expect(JSON.parse(out)).toMatchObject({ title: '2025年X月燃气安全排查情况统计表', type: 'object' });
  });
  it('makes one file per unit', async () => {
    const { status, err } = await run(
      'template',
      file,
      '-o',
      at('表.zip'),
      '--all-units',
      at('单位.csv'),
      '--period',
      '2025-06',
    );
    expect([status, err.at(-1)]).toEqual([0, `${at('表.zip')}: 2 units`]);
    expect((await readFile(at('表.zip'))).includes(Buffer.from('东乡.xlsx'))).toBe(true);
  });
  it('takes what extract printed', async () => {
    const { out } = await run('extract', file, '--json');
    await writeFile(at('提取.json'), out);
    expect((await run('template', at('提取.json'), '--csv')).out).toBe((await run('template', file, '--csv')).out);
  });
  it('says what is wrong', async () => {
    expect((await run('template', file)).status).toBe(2);
    expect((await run('template', file, '-o', 'a.xlsx', '--period', '6月')).status).toBe(2);
    expect((await run('template', file, '-o', 'a.xlsx', '--all-units', 'b.csv')).status).toBe(2);
    const missing = await run('template', file, '--csv', '--table', '5');
    expect([missing.status, missing.err.join()]).toEqual([1, expect.stringContaining('there is no table 5')]);
    await writeFile(at('无表.txt'), '浅川县教育局关于消防检查的意见\n各中小学：\n请认真执行。\n');
    const none = await run('template', at('无表.txt'), '-o', at('b.xlsx'));
    expect([none.status, none.err.join()]).toEqual([1, expect.stringContaining('prescribes no table')]);
    expect(await readdir(folder)).not.toContain('b.xlsx');
  });
});

describe('hongtou collect', () => {
  const returned = async (unit: string, values: readonly (number | string)[], received: string) => {
    await run('template', file, '-o', at(`${unit}.xlsx`), '--period', '2025-06', '--unit', unit);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(at(`${unit}.xlsx`));
    const sheet = workbook.worksheets[0]!;
    let first = 1;
    while (sheet.getCell(first, 1).value !== '类别') first++;
    for (const [i, value] of values.entries()) sheet.getCell(first + 1 + Math.floor(i / 2), 2 + (i % 2)).value = value;
    await workbook.xlsx.writeFile(at(`${unit}.xlsx`));
    await utimes(at(`${unit}.xlsx`), new Date(received), new Date(received));
  };

  it('keeps a record, says who has reported, names faults, and changes nothing the second time', async () => {
    await returned('东乡', [9, 4, 3, 2, 2, 1], '2025-06-16T02:00:00Z');
    await returned('西乡', ['约十家', 5, 1, 1, 1, 1], '2025-06-19T02:00:00Z');
    const record = at('记录.json');
    const first = await run(
      'collect',
      file,
      at('东乡.xlsx'),
      at('西乡.xlsx'),
      '--state',
      record,
      '--units',
      at('单位.csv'),
      '--period',
      '2025-06',
      '-o',
      at('报告.xlsx'),
    );
    expect(first.status).toBe(0);
    expect(first.out).toContain('按时1，迟报1');
    expect(first.out).toMatch(/错误 {2}《西乡\.xlsx》B\d格：不是数字。“检查单位数量\|餐饮单位”“约十家”不是数字/);
    const state = CollectState.parse(JSON.parse(await readFile(record, 'utf8')));
    expect(state.returns.map((stored) => stored.values)).toEqual([
      [9, 4, 3, 2, 2, 1],
      [null, 5, 1, 1, 1, 1],
    ]);
    const second = await run('collect', record, folder, '--period', '2025-06', '--json');
    expect(JSON.parse(second.out)).toMatchObject({
      taken: expect.not.arrayContaining(['东乡.xlsx']),
      consolidated: [
        { values: [9, 9, 4, 3, 3, 2], reported: 2, expected: 2, levels: [{ unit: '浅川县', reported: 2 }] },
      ],
    });
    const after = CollectState.parse(JSON.parse(await readFile(record, 'utf8')));
    expect(after.returns).toEqual(state.returns);
    const report = new ExcelJS.Workbook();
    await report.xlsx.readFile(at('报告.xlsx'));
    expect(report.worksheets.map((sheet) => sheet.name)).toEqual([
      '报送情况',
      '问题清单',
      '汇总',
      '对比与累计',
      '分级汇总',
    ]);
  });

  it('fills the upper level’s form and says what of it stays open', async () => {
    const above = notice
      .replaceAll('浅川县应急管理局', '云溪市应急管理局')
      .replace('类别	餐饮单位	学校', '类别	学校	餐饮单位	医院')
      .replaceAll('（家）		', '（家）			');
    await writeFile(at('上级.txt'), above);
    const options = ['--period', '2025-06', '--upper', at('上级.txt'), '--upper-output', at('上报.xlsx')];
    const { status, err } = await run('collect', file, at('东乡.xlsx'), '--state', at('三记.json'), ...options);
    expect(status).toBe(0);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(at('上报.xlsx'));
    const rows: ExcelJS.CellValue[][] = [];
    workbook.worksheets[0]!.eachRow((row) => rows.push((row.values as ExcelJS.CellValue[]).slice(1)));
    expect(rows.find((row) => row[0] === '检查单位数量（家）')?.slice(1, 3)).toEqual([4, 9]);
    expect(rows.flat()).toContain('2025年6月燃气安全排查情况统计表');
    expect(err.join('\n')).toContain('“检查单位数量|医院”：下级表没有“医院”');
    expect((await run('collect', file, '--upper', at('上级.txt'))).status).toBe(2);
  });

  it('goes on after a file that cannot be read, and says so', async () => {
    await writeFile(at('坏.xlsx'), 'PK坏');
    const { status, err } = await run('collect', file, at('坏.xlsx'), at('东乡.xlsx'), '--state', at('另记.json'));
    expect(status).toBe(1);
    expect(err.join('\n')).toContain('坏.xlsx');
    expect(CollectState.parse(JSON.parse(await readFile(at('另记.json'), 'utf8'))).returns).toHaveLength(1);
  });

  it('unpacks an archive, also one with names in GBK, and says of each file in it that cannot be read why', async () => {
    const workbook = async (unit: string) => ({
      name: iconv.encode(`报送/${unit}.xlsx`, 'gbk'),
      data: await readFile(at(`${unit}.xlsx`)),
    });
    const parts = [
      await workbook('东乡'),
      await workbook('西乡'),
      { name: iconv.encode('报送/说明.docx', 'gbk'), data: '不是表' },
    ];
    await writeFile(at('报回.zip'), zipOf(parts));
    const { status, err, out } = await run('collect', file, at('报回.zip'), '--state', at('五记.json'), '--json');
    expect([status, err.filter((line) => line.startsWith('hongtou:'))]).toEqual([
      1,
      [expect.stringMatching(/^hongtou: .*报回\.zip\/报送\/说明\.docx/)],
    ]);
    expect(JSON.parse(out).taken).toEqual(['报回.zip/报送/东乡.xlsx', '报回.zip/报送/西乡.xlsx']);
  });

  it('does not take another file for its record', async () => {
    const { status, err } = await run('collect', file, at('东乡.xlsx'), '--state', at('单位.csv'));
    expect(status).toBe(1);
    expect(err.join()).toContain('is no record of a collection');
  });

  it('keeps its record in the library where the notice is there, the one that the web application shows', async () => {
    const data = ['--data', at('库')];
    const ingested = await run('ingest', file, '--json', ...data);
    const id = /"fileId":\s*"([0-9a-f]{64})"/.exec(ingested.out)?.[1] ?? '';
    const options = ['--units', at('单位.csv'), '--period', '2025-06', ...data];
    const first = await run('collect', id.slice(0, 10), at('东乡.xlsx'), at('坏.xlsx'), ...options);
    expect([first.status, first.err.join('\n')]).toEqual([1, expect.stringContaining('坏.xlsx')]);
    expect(first.out).toContain('新收1个文件');
    expect(first.err.at(-1)).toMatch(/collection 1: 1 returns of 1 files$/);
    // The notice itself, with the library named, is the same campaign; the same file again changes nothing.
    const second = await run('collect', file, at('东乡.xlsx'), '--json', '--period', '2025-06', ...data);
    expect(JSON.parse(second.out)).toMatchObject({
      taken: [],
      unchanged: ['东乡.xlsx'],
      consolidated: [{ reported: 1, expected: 2, levels: [{ unit: '浅川县', reported: 1 }] }],
    });
    expect(await readdir(folder)).not.toContain('通知.collect.json');
    expect((await run('check', ...data)).status).toBe(0);
    const other = await run('collect', at('上级.txt'), ...data);
    expect([other.status, other.err.join()]).toEqual([1, expect.stringContaining('is not in the library')]);
    expect((await run('collect', id, '--state', at('四记.json'), ...data)).status).toBe(2);
    // The campaign of the notice has no other one that prescribes forms.
    const whole = await run('collect', 'c1', '--json', '--period', '2025-06', ...data);
    expect(JSON.parse(whole.out)).toMatchObject({ consolidated: [{ reported: 1 }] });
    expect((await run('collect', 'c99', ...data)).err.join()).toContain('Campaign c99 is not in the library');
  });
});
