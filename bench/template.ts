/**
 * Times forms and returns: `npx tsx bench/template.ts [number of returns]`. Prints how long a form of 15 × 7 takes warm
 * (wanted: under 150 ms), and how long the returns of 2,844 units take with what peak of memory (wanted: under 120 s and
 * 1 GB on 2 cores), and checks their sums against sums worked out beside them.
 */
import { emptyCollectState, entryCells, type ReportingUnit } from '../models/index.ts';
import { collect } from '../pipeline/returns/collect.ts';
import type { ReceivedReturn } from '../pipeline/returns/importReturns.ts';
import { readReturn } from '../pipeline/returns/readReturn.ts';
import { formModel } from '../pipeline/template/formModel.ts';
import { renderDocx } from '../pipeline/template/renderDocx.ts';
import { renderXlsx } from '../pipeline/template/renderXlsx.ts';
import { goodValues, randomFrom } from '../test/returns/workbooks.ts';
import { attachmentOf, drawTable, monthly, noticeOf } from '../test/template/tables.ts';

const count = Number(process.argv[2] ?? 2844);
const columns = ['餐饮单位', '学校食堂', '养老机构', '集体用餐配送单位', '网络餐饮', '食品生产企业', '其他单位'];
const labels = [
  '检查单位数量（家）',
  '发现违规单位数量（家）',
  '完成整改单位数量（家）',
  ...Array.from({ length: 7 }, (_, i) => `第${i + 1}类违法案件数量（件）`),
  '罚没款金额（万元）',
  '吊销许可证数量（家）',
  '移送公安机关案件数（件）',
  '约谈单位数量（家）',
  '曝光单位数量（家）',
];
const blanks = columns.map(() => '').join('|');
const table = drawTable([`类别|${columns.join('|')}`, ...labels.map((label) => `${label}|${blanks}`)], {
  headerRows: 1,
  stubColumns: 1,
  title: '2025年X月食品安全“守护”行动工作统计表',
  caption: ['填报单位（盖章）：____ 填报人：____ 联系电话：____'],
  notes: ['注：每月17日前报送当月工作情况表'],
  frequency: 'monthly',
});
const attachment = attachmentOf(table);
const notice = noticeOf([attachment], { deadlines: [monthly(17, '报送当月统计表')] });

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
async function timed(name: string, rounds: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < 5; i++) await work();
  const times: number[] = [];
  const used = process.cpuUsage();
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  const cpu = cpuSeconds(used) / rounds;
  console.log(
    `${name}: median ${median(times).toFixed(1)} ms, worst ${Math.max(...times).toFixed(1)} ms, processor ${(cpu * 1000).toFixed(1)} ms each`,
  );
}

/** Seconds of processor time since a reading: what a busy machine does not falsify. */
function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 50);

await timed('form .xlsx, table to bytes', 40, () =>
  renderXlsx([formModel(notice, attachment, table, { period: '2025-06' })]),
);
await timed('form .docx, table to bytes', 20, () =>
  renderDocx([formModel(notice, attachment, table, { period: '2025-06' })]),
);

const form = formModel(notice, attachment, table);
const units: ReportingUnit[] = Array.from({ length: count }, (_, i) => ({
  name: `云溪省第${i + 1}县市场监督管理局`,
  parent: `云溪省第${(i % 333) + 1}市市场监督管理局`,
  code: null,
  aliases: [],
  reports: true,
}));
for (let i = 1; i <= Math.min(333, count); i++) {
  units.push({
    name: `云溪省第${i}市市场监督管理局`,
    parent: '云溪省市场监督管理局',
    code: null,
    aliases: [],
    reports: false,
  });
}
units.push({ name: '云溪省市场监督管理局', parent: null, code: null, aliases: [], reports: false });

// The workbooks are made as they are read, a hundred at a time, so that their making does not count as memory of collecting.
const random = randomFrom(2844);
const sums = entryCells(form).map(() => 0);
const received: ReceivedReturn[] = [];
let reading = 0;
let readingCpu = 0;
for (let start = 0; start < count; start += 100) {
  const files: { fileName: string; bytes: Uint8Array }[] = [];
  for (const unit of units.slice(start, Math.min(start + 100, count))) {
    const values = goodValues(form, random);
    for (const [i, value] of values.entries()) sums[i]! += Math.round(Number(value) * 100);
    const filled = formModel(notice, attachment, table, { period: '2025-06', unit: unit.name });
    files.push({ fileName: `${unit.name}.xlsx`, bytes: await renderXlsx([filled], [values]) });
  }
  const begun = performance.now();
  const used = process.cpuUsage();
  for (const { fileName, bytes } of files) {
    received.push({ result: await readReturn(bytes, fileName, [form]), receivedAt: '2025-06-16T02:00:00Z' });
  }
  reading += performance.now() - begun;
  readingCpu += cpuSeconds(used);
}
const begun = performance.now();
const used = process.cpuUsage();
const collection = collect([form], received, emptyCollectState(), {
  period: '2025-06',
  units,
  now: '2025-06-18T00:00:00Z',
});
const collecting = performance.now() - begun;
const collectingCpu = cpuSeconds(used);
clearInterval(watch);
peak = Math.max(peak, process.memoryUsage().rss);

const [consolidated] = collection.consolidated;
const right = consolidated?.values.every((value, i) => value === sums[i]! / 100) ?? false;
console.log(
  `${count} returns of 15 × 7: read ${(reading / 1000).toFixed(1)} s, collected ${(collecting / 1000).toFixed(1)} s; processor ${readingCpu.toFixed(1)} s and ${collectingCpu.toFixed(1)} s`,
);
console.log(`peak memory, with the making of the workbooks: ${(peak / 1e6).toFixed(0)} MB`);
console.log(
  `reported ${consolidated?.reported}, issues ${collection.issues.length}, levels ${consolidated?.levels.length}`,
);
console.log(`state as JSON: ${(JSON.stringify(collection.state).length / 1e6).toFixed(1)} MB`);
console.log(`sums equal to an independent sum: ${right ? 'yes' : 'NO'}`);
if (!right) process.exitCode = 1;
