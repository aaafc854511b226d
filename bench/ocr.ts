/**
 * Measures recognition beside others on the same generated pages in one run, in turn:
 * `npm run bench:ocr -- [--pages 8] [--rounds 3] [--dpi 150] [--memory 100,300] [--only auto,pp,…]`.
 * Ours with each choice of engines, Debian's tesseract (chi_sim, two processes of one thread) and liteparse (the same
 * data, two workers): wrong characters, seconds a page and seconds of processor time a page. Then the resident memory of
 * a process that recognises long scans. Wanted on two idle cores: `auto` 1.3 s a page and `pp` 0.8 s, fewer characters wrong than any other,
 * and 1.1 GB for 100 pages as for 300.
 */
import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { LiteParse } from '@llamaindex/liteparse';
import type { LaidOutPage } from '../corpus/generator/laidOut.ts';
import { layOut } from '../corpus/generator/layOut.ts';
import { randomNotice } from '../corpus/generator/randomNotice.ts';
import { type ScanPage, scanPages } from '../corpus/generator/scan.ts';
import { scanPdf } from '../corpus/generator/scanPdf.ts';
import { NoticeSpec } from '../corpus/generator/spec.ts';
import { editDistance, foldForCharacters } from '../corpus/scanTruth.ts';
import type { Layout, SourceFile } from '../models/index.ts';
import { type EngineChoice, openEngines } from '../pipeline/ocr/openEngines.ts';
import { read } from '../pipeline/read/index.ts';
import { recognizeFile } from '../pipeline/recognizeFile.ts';

const run = promisify(execFile);
const { values: flags } = parseArgs({
  options: {
    pages: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    dpi: { type: 'string', default: '150' },
    memory: { type: 'string', default: '100,300' },
    only: { type: 'string' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));

/** What one contender made of all pages: a text for each. */
interface Reading {
  readonly texts: readonly string[];
  /** Seconds of processor time, all processes and threads together; null: not known. */
  readonly processor: number | null;
}

interface Contender {
  readonly name: string;
  readonly read: () => Promise<Reading>;
  readonly close: () => Promise<void>;
}

/** Full pages of running text of the corpus and of notices made at random, without tables and seals. */
function textPages(count: number): LaidOutPage[] {
  const folder = path.join(root, 'corpus/notices');
  const specs = readdirSync(folder)
    .sort()
    .map((id) => NoticeSpec.parse(JSON.parse(readFileSync(path.join(folder, id, 'notice.json'), 'utf8'))));
  const found: LaidOutPage[] = [];
  for (let seed = 0; found.length < count && seed < 500; seed++) {
    const spec = specs[seed] ?? randomNotice(7_000 + seed).spec;
    const full = layOut(spec, seed).filter(
      ({ lines, tables, seals }) => lines.length >= 18 && tables.length === 0 && seals.length === 0,
    );
    found.push(...full.slice(0, 2));
  }
  return found.slice(0, count);
}

const printed = (scan: ScanPage): string =>
  scan.lines
    .filter((line) => line.element !== 'pageNumber')
    .map((line) => line.text)
    .join('');

/** Lines of a page in reading order, without those that stand apart from the text (page numbers). */
const textOf = (page: Layout['pages'][number]): string =>
  page.blocks
    .flatMap((block) => {
      if (block.type === 'line') return [block.text];
      return block.type === 'table' ? block.cells.flatMap((cell) => cell.lines.map((line) => line.text)) : [];
    })
    .join('\n');

/** Others have no notion of page numbers: — 3 — at the foot is not held against them. */
const withoutPageNumber = (text: string): string =>
  text.trimEnd().replace(/\n[\s\-—–_一~.·]*\d{1,3}[\s\-—–_一~.·]*$/, '');

/** Processor time of this process and its threads while something is done. */
async function measured(work: () => Promise<string[]>): Promise<Reading> {
  const before = process.cpuUsage();
  const texts = await work();
  const used = process.cpuUsage(before);
  return { texts, processor: (used.user + used.system) / 1e6 };
}

async function ours(choice: EngineChoice, input: SourceFile): Promise<Contender> {
  const engines = await openEngines(choice);
  const layout = await read(input);
  return {
    name: `hongtou --ocr ${choice}`,
    read: () => measured(async () => (await recognizeFile(layout, input, { engines })).pages.map(textOf)),
    close: () => engines.close(),
  };
}

/** Two processes, each with one thread, as two cores want it. */
function nativeTesseract(pictures: readonly string[]): Contender {
  const command = 'TIMEFORMAT="%U %S"; time tesseract "$1" - -l chi_sim --dpi "$2" 2>/dev/null';
  return {
    name: 'tesseract (Debian, chi_sim)',
    async read() {
      const texts: string[] = [];
      let processor = 0;
      let next = 0;
      const work = async (): Promise<void> => {
        for (let i = next++; i < pictures.length; i = next++) {
          const { stdout, stderr } = await run('bash', ['-c', command, 'bash', pictures[i]!, flags.dpi], {
            env: { ...process.env, OMP_THREAD_LIMIT: '1' },
          });
          texts[i] = withoutPageNumber(stdout);
          for (const seconds of stderr.trim().split(' ')) processor += Number(seconds);
        }
      };
      await Promise.all([work(), work()]);
      return { texts, processor };
    },
    close: async () => {},
  };
}

function liteparse(bytes: Uint8Array): Contender {
  const parser = new LiteParse({
    ocrEnabled: true,
    ocrLanguage: 'chi_sim',
    tessdataPath: '/usr/share/tesseract-ocr/5/tessdata',
    numWorkers: 2,
    outputFormat: 'json',
  });
  return {
    name: 'liteparse (the same data)',
    read: () => measured(async () => (await parser.parse(bytes)).pages.map((page) => withoutPageNumber(page.text))),
    close: async () => {},
  };
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

async function race(scans: readonly ScanPage[], folder: string): Promise<void> {
  const input: SourceFile = { fileName: 'bench.pdf', bytes: await scanPdf(scans) };
  const pictures = await Promise.all(
    scans.map(async (scan, i) => {
      const file = path.join(folder, `${i}.jpg`);
      await writeFile(file, scan.image);
      return file;
    }),
  );
  const truth = scans.map((scan) => foldForCharacters(printed(scan)));
  const characters = truth.join('').length;
  console.log(
    `${scans.length} pages of text at ${flags.dpi} dpi, ${characters} characters; ${os.availableParallelism()} cores`,
  );
  const chosen = flags.only?.split(',');
  const open: Readonly<Record<string, () => Promise<Contender>>> = {
    tesseract: async () => nativeTesseract(pictures),
    liteparse: async () => liteparse(input.bytes),
    auto: () => ours('auto', input),
    pp: () => ours('pp', input),
    'tesseract.js': () => ours('tesseract', input),
  };
  const contenders: Contender[] = [];
  for (const [name, start] of Object.entries(open))
    if (!chosen || chosen.includes(name)) contenders.push(await start());
  const seconds = contenders.map((): number[] => []);
  const processor = contenders.map((): number[] => []);
  const wrong: number[] = [];
  const load: number[] = [];
  for (let round = 0; round <= Number(flags.rounds); round++) {
    for (const [i, contender] of contenders.entries()) {
      const begun = performance.now();
      const reading = await contender.read();
      // The first round warms up.
      if (round === 0 && Number(flags.rounds) > 0) continue;
      seconds[i]!.push((performance.now() - begun) / 1000 / scans.length);
      if (reading.processor !== null) processor[i]!.push(reading.processor / scans.length);
      wrong[i] = truth.reduce(
        (sum, text, page) => sum + editDistance(foldForCharacters(reading.texts[page] ?? ''), text),
        0,
      );
    }
    load.push(os.loadavg()[0]!);
  }
  for (const [i, { name, close }] of contenders.entries()) {
    console.log(
      `${name.padEnd(28)} wrong ${((100 * wrong[i]!) / characters).toFixed(2).padStart(6)} %   ` +
        `${median(seconds[i]!).toFixed(2)} s a page (best ${Math.min(...seconds[i]!).toFixed(2)})   ` +
        `processor ${median(processor[i]!).toFixed(2)} s a page`,
    );
    await close();
  }
  console.log(`load of the machine meanwhile: ${load.map((value) => value.toFixed(1)).join(', ')}`);
}

/** A process and those that it started. */
const family = (pid: number): number[] => {
  const started = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [pid, ...started.split(' ').filter(Boolean).map(Number).flatMap(family)];
};

/** The most resident memory that a process ever had, in MB, as Linux tells it. */
const mostResident = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** The most resident memory that the command takes for a scan of so many pages: each of its processes at its height. */
async function memoryFor(scans: readonly ScanPage[], count: number, folder: string): Promise<void> {
  const file = path.join(folder, `${count}.pdf`);
  await writeFile(file, await scanPdf(Array.from({ length: count }, (_, i) => scans[i % scans.length]!)));
  const begun = performance.now();
  const child = spawn(process.execPath, [path.join(root, 'bin/hongtou.cjs'), 'extract', file, '--json'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = text;
  });
  let most = 0;
  const watch = setInterval(() => {
    try {
      most = Math.max(
        most,
        family(child.pid!).reduce((sum, pid) => sum + mostResident(pid), 0),
      );
    } catch {
      // It has ended.
    }
  }, 200);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  const time = (performance.now() - begun) / 1000;
  const end = code === 0 ? '' : `   exit status ${code}: ${said.trim()}`;
  console.log(
    `${String(count).padStart(4)} pages, auto: at most ${most.toFixed(0)} MB resident, ${(time / count).toFixed(2)} s a page${end}`,
  );
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'hongtou-bench-'));
try {
  const dpi = Number(flags.dpi);
  const pages = textPages(Number(flags.pages));
  const scans = await scanPages(pages, { dpi, seed: 11, skew: 0.3, noise: 4, jpegQuality: 70 });
  if (flags.rounds !== '0') await race(scans, folder);
  for (const count of flags.memory.split(',').map(Number)) if (count > 0) await memoryFor(scans, count, folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
