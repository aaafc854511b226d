import path from 'node:path';
import type { Logger } from 'pino';
import { defaultRegions, type RegionIndex, regionsWith } from '../models/text/regions.ts';
import { type CampaignStore, campaignStore } from './campaigns/campaignStore.ts';
import type { Config } from './config.ts';
import { extractHandler } from './jobs/extractHandler.ts';
import type { Queue } from './jobs/queue.ts';
import { type Readers, startReaders } from './jobs/readers.ts';
import { type JobOutcome, type Runner, startRunner } from './jobs/runner.ts';
import { sqliteQueue } from './jobs/sqliteQueue.ts';
import { readRegions } from './regions.ts';
import { openDatabase } from './store/database.ts';
import { type Originals, openOriginals } from './store/originals.ts';
import { type RecognizedPages, recognizedPages } from './store/recognizedPages.ts';
import { databasePath, makeFolder, sqliteStore, sweep } from './store/sqliteStore.ts';
import type { Store } from './store/store.ts';

/** A library opened on this machine, with its queue. */
export interface Library {
  readonly store: Store;
  readonly queue: Queue;
  readonly campaigns: CampaignStore;
  /** The official divisions with those of the configuration. */
  readonly regions: RegionIndex;
  /** Where uploads are written before the library has them. */
  readonly incoming: Pick<Originals, 'incomingPath' | 'takeIn' | 'settle'>;
  /** Pages of scans in work. */
  readonly pages: RecognizedPages;
  readonly folder: string;
  close(): Promise<void>;
}

/** Opens the library in `config.data`, making it where there is none, and removes what a crash left behind. */
export async function openLibrary(
  config: Pick<Config, 'data' | 'keepDeletedDays'> & Partial<Pick<Config, 'regions'>>,
): Promise<Library> {
  const regions = config.regions === undefined ? defaultRegions() : regionsWith(await readRegions(config.regions));
  const folder = path.resolve(config.data);
  await makeFolder(folder);
  const originals = await openOriginals(folder);
  const database = await openDatabase(databasePath(folder));
  await sweep(database, originals);
  const pages = recognizedPages(folder);
  await pages.sweep(database);
  const store = sqliteStore({ database, originals, keepDeletedDays: config.keepDeletedDays });
  return {
    store,
    queue: sqliteQueue(database),
    campaigns: campaignStore({ database, regions }),
    regions,
    incoming: originals,
    pages,
    folder,
    close: () => store.close(),
  };
}

/** Nobody waits longer for a picture. */
const drawingMs = 60_000;

export interface Work {
  readonly runner: Runner;
  readerPids(): readonly number[];
  /** Draws pages while others are read: in a process of its own, started when it is first needed. */
  readonly draw: Readers['draw'];
  stop(): Promise<void>;
}

/** Engines that nobody needs any more give their memory back after this time. */
const restMs = 120_000;

/** Starts working on the jobs of a library, within the limits of the configuration. */
export function startWork(
  library: Library,
  config: Pick<
    Config,
    | 'workers'
    | 'timeoutSeconds'
    | 'memoryMb'
    | 'regions'
    | 'leaseSeconds'
    | 'ocr'
    | 'ocrReaders'
    | 'ocrMemoryMb'
    | 'ocrPageSeconds'
  >,
  log: Logger,
  onEnd?: (fileId: string, outcome: JobOutcome) => void,
): Work {
  const { regions, ocr } = config;
  const timeoutMs = config.timeoutSeconds * 1_000;
  const onTrouble = (words: string) => log.warn({ words }, 'recognition has trouble');
  const readers = startReaders({ processes: config.workers, timeoutMs, memoryMb: config.memoryMb, regions, onTrouble });
  const recognizers = startReaders({
    processes: config.ocrReaders,
    timeoutMs,
    pageTimeoutMs: config.ocrPageSeconds * 1_000,
    memoryMb: config.ocrMemoryMb,
    regions,
    idleMs: restMs,
    onTrouble,
  });
  const { store, pages } = library;
  const drawers = startReaders({ processes: 1, timeoutMs: drawingMs, memoryMb: config.memoryMb });
  const linking = linkSoon(library.campaigns, log);
  const runner = startRunner({
    queue: library.queue,
    handlers: { extract: extractHandler({ store, readers, recognizers, ocr, pages, log }) },
    parallel: config.workers,
    recognizing: config.ocrReaders,
    leaseMs: config.leaseSeconds * 1_000,
    log,
    onEnd: (job, outcome) => {
      onEnd?.(job.fileId, outcome);
      if (outcome.outcome === 'done') linking.soon();
    },
    onFinal: (job) => pages.remove(job.fileId),
  });
  // Between a file and its job a process can die.
  library.queue.enqueueForgotten('server').then(
    (count) => {
      if (count > 0) log.warn({ count }, 'files waited without a job');
      if (count > 0) runner.wake();
    },
    (error: unknown) => log.error({ err: error }, 'files that wait could not be looked for'),
  );
  return {
    runner,
    readerPids: () => [...readers.pids(), ...recognizers.pids(), ...drawers.pids()],
    draw: drawers.draw,
    async stop() {
      await runner.stop();
      await linking.stop();
      await Promise.all([readers.close(), recognizers.close(), drawers.close()]);
    },
  };
}

/** Notices that come in are linked a moment later, so that many that come together are linked together. */
const linkAfterMs = 700;

function linkSoon(campaigns: CampaignStore, log: Logger) {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const link = () => {
    timer = undefined;
    running = campaigns
      .linkPending(stopping.signal)
      .catch((error: unknown) => log.error({ err: error }, 'notices could not be linked'));
  };
  return {
    soon() {
      timer ??= setTimeout(link, linkAfterMs);
    },
    async stop() {
      clearTimeout(timer);
      stopping.abort();
      await running;
    },
  };
}
