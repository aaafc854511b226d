import { readdir } from 'node:fs/promises';
import path from 'node:path';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  Board,
  CollectionDetail,
  CollectionRecord,
  FilledUpper,
  ReturnFile,
  Series,
  Summary,
  TakenReturn,
  UnitReturn,
} from '../../models/api/collection.ts';
import { sha256Of } from '../extraction.ts';
import { zipOf } from '../read/zipOf.ts';
import { temporaryFolder } from '../store/folders.ts';
import { type Client, expectProblem, jsonOf, runServer } from './running.ts';

const above = `浅川市应急管理局文件
浅应急发〔2025〕3号
浅川市应急管理局关于开展燃气安全排查的通知
各县应急管理局：
请于每月20日前报送当月排查情况统计表（附件1）。
附件：1. 燃气安全排查情况统计表
浅川市应急管理局
2025年2月10日
附件1
2025年X月燃气安全排查情况统计表
填报单位：_____ 填报人：_____
类别	学校	餐饮单位	医院
检查单位数量（家）			
发现问题单位数量（家）			
注：每月20日前报送当月情况。
`;
const text = `浅川县应急管理局文件
浅应急发〔2025〕9号
浅川县应急管理局关于开展燃气安全排查的通知
东乡应急管理站，西乡应急管理站，各乡镇人民政府：
现就开展燃气安全排查有关事项通知如下。
一、报送要求
各站应于每月17日前报送当月排查情况统计表（附件1），统计数据为累计数。
附件：1. 燃气安全排查情况统计表
2. 隐患台账
浅川县应急管理局
2025年3月10日
附件1
2025年X月燃气安全排查情况统计表
填报单位：_____ 填报人：_____
类别	餐饮单位	学校
检查单位数量（家）		
发现问题单位数量（家）		
注：每月17日前报送当月情况。
附件2
隐患台账
填报单位：_____
序号	单位名称	隐患内容	联系电话
`;

const Taken = z.object({ items: z.array(TakenReturn) });

let server: Client;
let data: string;
let fileId: string;
let id: number;
beforeAll(async () => {
  data = await temporaryFolder();
  server = await runServer({ data });
  await server.put('上级.txt', above);
  fileId = (await server.put('通知.txt', text)).file.fileId;
  id = (await jsonOf(send('POST', '/api/collections', { fileId, noticeId: 'n1' }), CollectionDetail)).collection
    .collectionId;
  const units = [
    { name: '东乡应急管理站', parent: '浅川县', code: null, aliases: ['东乡站'], reports: true },
    { name: '西乡应急管理站', parent: '浅川县', code: null, aliases: [], reports: true },
    { name: '浅川县', parent: null, code: null, aliases: [], reports: false },
  ];
  expect((await send('PUT', at('/units'), { units })).status).toBe(200);
});
afterAll(() => server.close());

const at = (rest: string) => `/api/collections/${id}${rest}`;
function send(method: string, address: string, body: unknown): Promise<Response> {
  return fetch(server.url + address, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}
function give(
  address: string,
  ...files: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer> | string])[]
) {
  const form = new FormData();
  for (const [name, bytes] of files) form.append('files', new Blob([bytes]), name);
  return fetch(server.url + address, { method: 'POST', body: form });
}
const take = async (address: string, ...files: Parameters<typeof give>[1][]) =>
  (await jsonOf(give(address, ...files), Taken)).items;

/** The form as it is downloaded for a unit, filled in by hand. */
async function filled(unit: string, period: string, values: readonly (number | string)[]) {
  const query = new URLSearchParams({ unit, period, table: '1' });
  const response = await server.get(`/api/files/${fileId}/notices/n1/forms/download?${query}`);
  expect(response.status).toBe(200);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await response.arrayBuffer());
  const sheet = workbook.worksheets[0]!;
  let top = 1;
  while (sheet.getCell(top, 1).value !== '类别') top++;
  for (const [i, value] of values.entries()) sheet.getCell(top + 1 + Math.floor(i / 2), 2 + (i % 2)).value = value;
  return new Uint8Array(await workbook.xlsx.writeBuffer()) as Uint8Array<ArrayBuffer>;
}
const board = (period: string) => jsonOf(server.get(at(`/board?table=1&period=${period}`)), Board);
const summary = (period: string) => jsonOf(server.get(at(`/summary?table=1&period=${period}`)), Summary);
const statusOf = async (unit: string, period: string) =>
  (await board(period)).units.find((one) => one.unit === unit)?.entries[0]?.status;
const received = (when: string) => `receivedAt=${encodeURIComponent(when)}`;

describe('Collecting over the API', () => {
  it('opens one collection for a notice, however often it is asked', async () => {
    const again = await send('POST', '/api/collections', { fileId, noticeId: 'n1' });
    const detail = await jsonOf(again, CollectionDetail);
    expect(detail.collection).toMatchObject({
      collectionId: id,
      fileId,
      noticeId: 'n1',
      documentNumber: '浅应急发〔2025〕9号',
    });
    expect(detail.tables.map((table) => [table.table, table.records])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(detail.tables[0]?.periods.slice(0, 2)).toEqual(['2025-03', '2025-04']);
    expect(detail.changedTables).toEqual([]);
    const listed = z.object({ items: z.array(CollectionRecord) });
    const found = await jsonOf(server.get(`/api/collections?fileId=${fileId}&noticeId=n1`), listed);
    expect(found.items).toHaveLength(1);
    await expectProblem(await server.get('/api/collections/99'), 404, 'NOT_FOUND');
  });

  it('proposes who reports from the recipients, and says whom it cannot name', async () => {
    const answer = await (await server.get(at('/units/proposal'))).json();
    expect(answer).toMatchObject({ unresolved: ['各乡镇人民政府'] });
    expect(JSON.stringify(answer)).toContain('东乡应急管理站');
  });

  it('takes a return, shows it on the board, keeps its bytes, and changes nothing the second time', async () => {
    const bytes = await filled('东乡应急管理站', '2025-06', [9, 4, 3, 2]);
    const [item] = await take(at(`/returns?${received('2025-06-16T02:00:00Z')}`), ['东乡.xlsx', bytes]);
    expect(item).toMatchObject({ outcome: 'taken', problem: null, sheets: [{ unit: '东乡应急管理站', codes: [] }] });
    const seen = await board('2025-06');
    expect(seen.periods[0]).toMatchObject({
      printedDue: '2025-06-17',
      due: '2025-06-17',
      counts: { 'on-time': 1, missing: 1 },
    });
    expect(seen.units.map((unit) => [unit.unit, unit.entries[0]?.status])).toEqual([
      ['东乡应急管理站', 'on-time'],
      ['西乡应急管理站', 'missing'],
    ]);
    const [again] = await take(at('/returns'), ['换了名字.xlsx', bytes]);
    expect(again?.outcome).toBe('unchanged');
    expect(await board('2025-06')).toEqual(seen);
    const original = await server.get(at(`/files/${item?.sha256}/original`));
    expect(new Uint8Array(await original.arrayBuffer())).toEqual(bytes);
    expect(original.headers.get('content-disposition')).toContain(encodeURIComponent('东乡.xlsx'));
    const files = await jsonOf(server.get(at('/files')), z.object({ items: z.array(ReturnFile) }));
    expect(files.items[0]).toMatchObject({ importedBy: 'local', receivedAt: '2025-06-16T02:00:00.000Z' });
  });

  it('names the cell of every fault, and marks what came late', async () => {
    const bytes = await filled('西乡应急管理站', '2025-06', ['约十家', 5, 6, 1]);
    const [item] = await take(at(`/returns?${received('2025-06-19T02:00:00Z')}`), ['西乡.xlsx', bytes]);
    expect(item?.outcome).toBe('taken');
    expect(item?.issues.map((issue) => [issue.code, issue.cell])).toEqual([
      ['not-a-number', expect.stringMatching(/^B\d$/)],
    ]);
    expect(item?.issues[0]?.message).toContain('《西乡.xlsx》');
    expect(await statusOf('西乡应急管理站', '2025-06')).toBe('late');
    const { consolidated } = await summary('2025-06');
    expect(consolidated).toMatchObject({ reported: 2, expected: 2, values: [9, 9, 9, 3], excluded: [{ cell: 0 }] });
    expect(consolidated?.levels).toMatchObject([{ unit: '浅川县', reported: 2, values: [9, 9, 9, 3] }]);
  });

  it('lets a correction replace what was said, and keeps what each cell said before and from whom', async () => {
    const bytes = await filled('西乡应急管理站', '2025-06', [10, 5, 6, 1]);
    const [item] = await take(at('/returns'), ['西乡更正.xlsx', bytes]);
    expect(item?.issues).toMatchObject([{ code: 'corrected', severity: 'info' }]);
    const query = new URLSearchParams({ table: '1', unit: '西乡应急管理站', period: '2025-06' });
    const own = await jsonOf(server.get(at(`/unit?${query}`)), UnitReturn);
    expect(own).toMatchObject({
      values: [10, 5, 6, 1],
      faulty: [],
      file: { fileName: '西乡更正.xlsx' },
      fields: [{ kind: 'unit', label: '填报单位：', value: '西乡应急管理站' }],
      firstReceivedAt: '2025-06-19T02:00:00.000Z',
      history: [{ cell: 0, key: '检查单位数量|餐饮单位', value: null, fileName: '西乡.xlsx', importedBy: 'local' }],
    });
    expect((await summary('2025-06')).consolidated).toMatchObject({ values: [19, 9, 9, 3], excluded: [] });
  });

  it('tells the difference to the last period and follows an indicator over the periods', async () => {
    const bytes = await filled('东乡应急管理站', '2025-07', [12, 4, 3, 2]);
    await take(at('/returns'), ['七月.xlsx', bytes]);
    const { consolidated } = await summary('2025-07');
    expect(consolidated?.previous).toMatchObject({ period: '2025-06', differences: [-7, -5, -6, -1] });
    expect(consolidated?.yearToDate).not.toBeNull();
    const series = await jsonOf(server.get(at('/series?table=1')), Series);
    expect(series.indicators.map((one) => one.key)[0]).toBe('检查单位数量|餐饮单位');
    expect(series.periods.map((one) => [one.period, one.reported, one.values[0]])).toEqual([
      ['2025-06', 2, 19],
      ['2025-07', 1, 12],
    ]);
  });

  it('turns back who is not listed, and takes it once the list is mended', async () => {
    const bytes = await filled('南乡应急管理站', '2025-06', [1, 1, 1, 1]);
    const [item] = await take(at('/returns'), ['南乡.xlsx', bytes]);
    expect(item).toMatchObject({ outcome: 'rejected', sheets: [{ codes: ['unit-unknown'] }] });
    expect((await summary('2025-06')).consolidated?.reported).toBe(2);
    const list = await give(at('/units/file'), [
      '单位.csv',
      '单位名称,上级单位,简称\n东乡应急管理站,浅川县,东乡站\n西乡应急管理站,浅川县,\n南乡应急管理站,浅川县,\n',
    ]);
    expect(list.status).toBe(200);
    const again = await jsonOf(server.send('POST', at('/returns/recheck')), Taken);
    expect(again.items).toMatchObject([{ fileName: '南乡.xlsx', outcome: 'taken' }]);
    expect((await summary('2025-06')).consolidated).toMatchObject({ reported: 3, expected: 3 });
    expect((await jsonOf(server.send('POST', at('/returns/recheck')), Taken)).items).toEqual([]);
  });

  it('refuses what is no return, each file for itself', async () => {
    const items = await take(
      at('/returns'),
      ['坏.xlsx', 'PK坏'],
      ['空.xlsx', ''],
      ['别的.csv', '品名,数量\n苹果,3\n'],
      [
        '东乡站.csv',
        '2025年8月燃气安全排查情况统计表\n填报单位：,东乡站\n类别,餐饮单位,学校\n检查单位数量（家）,5,6\n发现问题单位数量（家）,1,2\n',
      ],
    );
    expect(items.map((item) => [item.outcome, item.problem?.code ?? null])).toEqual([
      ['refused', expect.stringMatching(/./)],
      ['refused', 'FILE_EMPTY'],
      ['rejected', null],
      ['taken', null],
    ]);
    expect(items[2]?.issues.map((issue) => issue.code)).toEqual(['form-unknown']);
    expect(await statusOf('东乡应急管理站', '2025-08')).not.toBe('missing');
    await expectProblem(
      await give(at('/returns?receivedAt=2999-01-01T00:00:00Z'), ['a.xlsx', 'x']),
      400,
      'BAD_REQUEST',
    );
    await expectProblem(await server.send('POST', at('/returns')), 400, 'BAD_REQUEST');
  });

  it('unpacks an archive, answers for each file in it, and leaves nothing of it lying about', async () => {
    const bytes = await filled('西乡应急管理站', '2025-08', [7, 6, 5, 4]);
    const archive = zipOf([
      { name: iconv.encode('八月/西乡.xlsx', 'gbk'), data: bytes },
      { name: iconv.encode('八月/坏.xlsx', 'gbk'), data: 'PK坏', crc: 1 },
    ]);
    const items = await take(at('/returns'), ['报回.zip', Buffer.from(archive)], ['空.csv', '']);
    expect(items.map((item) => [item.fileName, item.outcome, item.problem?.code ?? null])).toEqual([
      ['报回.zip/八月/西乡.xlsx', 'taken', null],
      ['报回.zip/八月/坏.xlsx', 'refused', 'FILE_DAMAGED'],
      ['空.csv', 'refused', 'FILE_EMPTY'],
    ]);
    expect(await statusOf('西乡应急管理站', '2025-08')).not.toBe('missing');
    const original = await server.get(at(`/files/${items[0]?.sha256}/original`));
    expect(original.headers.get('content-disposition')).toContain(`''${encodeURIComponent('西乡.xlsx')}`);
    expect(await readdir(path.join(data, 'incoming'))).toEqual([]);
  });

  it('takes lists in, and gives no text back as a formula', async () => {
    const rows =
      '隐患台账\n填报单位：,东乡应急管理站\n序号,单位名称,隐患内容,联系电话\n1,"=HYPERLINK(""http://x"")",@通道堵塞,13812345678\n';
    const [item] = await take(at('/returns'), ['台账.csv', rows]);
    expect(item).toMatchObject({ outcome: 'taken' });
    const csv = await (await server.get(at('/report?format=csv&content=units'))).text();
    expect(csv).toContain(`'=HYPERLINK`);
    expect(csv).toContain(`'@通道堵塞`);
    expect(csv).not.toMatch(/(^|,)"?[=+@]/m);
    const workbook = new ExcelJS.Workbook();
    const response = await server.get(at('/report'));
    expect(response.headers.get('content-disposition')).toMatch(/\.xlsx/);
    await workbook.xlsx.load(await response.arrayBuffer());
    const cells: ExcelJS.Cell[] = [];
    for (const sheet of workbook.worksheets) sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell)));
    expect(cells.filter((cell) => cell.type === ExcelJS.ValueType.Formula)).toEqual([]);
    expect(cells.some((cell) => cell.value === '=HYPERLINK("http://x")' && cell.numFmt === '@')).toBe(true);
    for (const content of ['sums', 'board', 'issues']) {
      const answer = await server.get(at(`/report?format=csv&table=1&period=2025-06&content=${content}`));
      expect([content, answer.status, (await answer.text()).length > 20]).toEqual([content, 200, true]);
    }
  });

  it('fills the form of the level above and says what it cannot fill', async () => {
    const query = `notice=${sha256Of(above)}.n1&period=2025-06`;
    const { items } = await jsonOf(server.get(at(`/upper?${query}`)), z.object({ items: z.array(FilledUpper) }));
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ ours: { period: '2025-06' }, values: [10, 20, null, 4, 10, null] });
    expect(items[0]?.unfilled.map((one) => one.reason)).toEqual(['no-counterpart', 'no-counterpart']);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await (await server.get(at(`/upper/download?${query}`))).arrayBuffer());
    expect(workbook.worksheets[0]?.getCell(1, 1).value).toBe('2025年6月燃气安全排查情况统计表');
  });

  it('gives one blank form for each unit that is listed', async () => {
    const address = `/api/files/${fileId}/notices/n1/forms/download?table=1&period=2025-09&allUnits=true`;
    const response = await server.get(address);
    expect(response.headers.get('content-type')).toBe('application/zip');
    const zip = Buffer.from(await response.arrayBuffer());
    for (const unit of ['东乡应急管理站', '西乡应急管理站', '南乡应急管理站']) {
      expect(zip.includes(Buffer.from(`${unit}.xlsx`))).toBe(true);
    }
    const schema = await server.get(`/api/files/${fileId}/notices/n1/forms/download?table=1&format=schema`);
    expect(await schema.json()).toMatchObject({ type: 'object' });
  });

  it('keeps the library sound, also when the notice is deleted for good', async () => {
    expect((await server.library.store.check()).faults).toEqual([]);
    await server.send('DELETE', `/api/files/${fileId}`);
    await server.library.store.purgeDeleted(new Date(Date.now() + 40 * 86_400_000));
    expect((await server.library.store.check()).faults).toEqual([]);
    const detail = await jsonOf(server.get(at('')), CollectionDetail);
    expect(detail.collection.fileId).toBeNull();
    expect((await summary('2025-06')).consolidated?.reported).toBe(3);
  });
});

describe('Contacts in returns', () => {
  it('are masked where the server is told to, and the original stays as it is', async () => {
    const masking = await runServer({ maskContacts: '1' });
    try {
      const { file } = await masking.put('通知.txt', text);
      const body = JSON.stringify({ fileId: file.fileId, noticeId: 'n1' });
      const headers = { 'Content-Type': 'application/json' };
      const opened = fetch(`${masking.url}/api/collections`, { method: 'POST', headers, body });
      const { collection } = await jsonOf(opened, CollectionDetail);
      const own = `${masking.url}/api/collections/${collection.collectionId}`;
      const rows = '隐患台账\n填报单位：,东乡\n序号,单位名称,隐患内容,联系电话\n1,甲店,通道堵塞,13812345678\n';
      const form = new FormData();
      form.append('files', new Blob([rows]), '台账.csv');
      const { items } = await jsonOf(fetch(`${own}/returns`, { method: 'POST', body: form }), Taken);
      const period = items[0]?.sheets[0]?.period;
      const query = new URLSearchParams({ table: '2', unit: '东乡', period: period ?? '' });
      const answers = await Promise.all(
        [
          `/unit?${query}`,
          `/summary?${query.toString().replace(/&unit=[^&]*/, '')}`,
          '/report?format=csv&content=units',
        ].map(async (rest) => (await fetch(own + rest)).text()),
      );
      for (const answer of answers) {
        expect(answer).toContain('138******78');
        expect(answer).not.toContain('13812345678');
      }
      const original = await fetch(`${own}/files/${items[0]?.sha256}/original`);
      expect(await original.text()).toContain('13812345678');
    } finally {
      await masking.close();
    }
  });
});
