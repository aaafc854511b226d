import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Extraction, Notice } from '../models/index.ts';
import { loadConfig } from './config.ts';
import { type RunningServer, startServer } from './http/server.ts';
import { acceptFile, waitForJob } from './ingest.ts';
import { makeLog } from './log.ts';
import { packageRoot } from './packageRoot.ts';
import { describeDeadline, summarize } from './summary.ts';

/**
 * `npm run demo`: a library of the sample notices in a temporary folder, the facts of one, the deadlines of a chain from
 * the nation to a county, and a server to look around in until Ctrl-C. `-- --once` ends without waiting.
 */
async function demo(): Promise<number> {
  const { values } = parseArgs({ options: { once: { type: 'boolean', default: false }, port: { type: 'string' } } });
  const samples = path.join(packageRoot, 'corpus/notices');
  const regions = path.join(packageRoot, 'corpus/regions.json');
  const data = await mkdtemp(path.join(os.tmpdir(), 'hongtou-demo-'));
  const loaded = loadConfig({ data, port: values.port ?? '0', ...(existsSync(regions) && { regions }) });
  if (!loaded.ok) {
    console.error(loaded.explanation);
    return 2;
  }
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const server = await startServer(loaded.config, makeLog({ logLevel: 'warn' }));
  try {
    const extractions = await ingestSamples(server, samples, ending.signal);
    if (ending.signal.aborted) return 1;
    const chain = longestChain(extractions);
    const example = chain.at(-1)?.extraction ?? extractions[0];
    if (example !== undefined)
      console.log(`\n${'─'.repeat(20)} 一份公文的事实 ${'─'.repeat(20)}\n\n${summarize(example)}`);
    console.log(`${'─'.repeat(20)} 一条工作链的时限 ${'─'.repeat(20)}`);
    for (const { notice } of chain) {
      console.log(
        `\n${notice.issuingBody?.value ?? '—'}  ${notice.documentNumber?.value ?? ''}  ${notice.title?.value ?? ''}`,
      );
      for (const deadline of notice.deadlines) {
        console.log(`    ${describeDeadline(deadline)}`);
        const [evidence] = deadline.evidence;
        if (evidence !== undefined) console.log(`        依据：“${evidence.quote.replace(/\s+/g, ' ')}”`);
      }
    }
    console.log(`\n网页和接口：${server.url}    接口文档：${server.url}/openapi.json`);
    if (!values.once) {
      console.log('按 Ctrl-C 结束。');
      if (!ending.signal.aborted) await new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
    }
    return 0;
  } finally {
    await server.close();
    await rm(data, { recursive: true, force: true });
  }
}

/** Puts the sample notices into the library, as an upload would, and shows how far it is. */
async function ingestSamples(
  { library, work }: RunningServer,
  folder: string,
  signal: AbortSignal,
): Promise<readonly Extraction[]> {
  const extractions: Extraction[] = [];
  const samples = (await readdir(folder)).filter((id) => existsSync(path.join(folder, id, 'notice.txt'))).sort();
  for (const [index, id] of samples.entries()) {
    if (signal.aborted) break;
    const incoming = await library.incoming.takeIn(path.join(folder, id, 'notice.txt'));
    const { file, job } = await acceptFile(library, { fileName: `${id}.txt`, path: incoming }, 'demo');
    work.runner.wake();
    const ended = job && (await waitForJob(library, job.jobId, { signal, everyMs: 20 }));
    if (ended?.state === 'failed') console.error(`\n${id}: ${ended.problem?.message}`);
    const stored = await library.store.findExtraction(file.fileId);
    if (stored !== undefined) extractions.push(stored.extraction);
    const line = `${index + 1}/${samples.length} ${id}`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  return extractions;
}

interface ChainLink {
  readonly extraction: Extraction;
  readonly notice: Notice;
}

const levels = ['national', 'provincial', 'prefectural', 'county', 'township'] as const;

/** The notices of the campaign that reaches through most levels, from the top. */
function longestChain(extractions: readonly Extraction[]): readonly ChainLink[] {
  const chains = new Map<string, Map<string, ChainLink>>();
  for (const extraction of extractions) {
    for (const notice of extraction.notices) {
      // Each level calls its campaign a little differently; the name in quotation marks stays.
      const name = /[“"](.+?)[”"]/.exec(notice.campaign?.name ?? '')?.[1];
      if (name === undefined || notice.administrativeLevel === null) continue;
      const chain = chains.get(name) ?? new Map<string, ChainLink>();
      chains.set(name, chain);
      if (!chain.has(notice.administrativeLevel)) chain.set(notice.administrativeLevel, { extraction, notice });
    }
  }
  const longest = [...chains.values()].sort((a, b) => b.size - a.size)[0];
  return levels.flatMap((level) => longest?.get(level) ?? []);
}

process.exitCode = await demo();
