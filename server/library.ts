import path from 'node:path';
import type { Logger } from 'pino';
import { defaultRegions, type RegionIndex, regionIndex } from '../models/text/regions.ts';
import { type CampaignStore, campaignStore } from './campaigns/campaignStore.ts';
import type { Config } from './config.ts';
import type { Queue } from './jobs/queue.ts';
import { startReaders } from './jobs/readers.ts';
import { extractHandler, type JobOutcome, type Runner, startRunner } from './jobs/runner.ts';
import { sqliteQueue } from './jobs/sqliteQueue.ts';
import { readRegions } from './regions.ts';
import { openDatabase } from './store/database.ts';
import { type Originals, openOriginals } from './store/originals.ts';
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
  readonly incoming: Pick<Originals, 'incomingPath' | 'takeIn'>;
  readonly folder: string;
  close(): Promise<void>;
}

/** Opens the library in `config.data`, making it where there is none, and removes what a crash left behind. */
export async function openLibrary(
  config: Pick<Config, 'data' | 'keepDeletedDays'> & Partial<Pick<Config, 'regions'>>,
): Promise<Library> {
  const regions = config.regions === undefined ? defaultRegions() : regionIndex(await readRegions(config.regions));
  const folder = path.resolve(config.data);
  await makeFolder(folder);
  const originals = await openOriginals(folder);
  const database = await openDatabase(databasePath(folder));
  await sweep(database, originals);
  const store = sqliteStore({ database, originals, keepDeletedDays: config.keepDeletedDays });
  return {
    store,
    queue: sqliteQueue(database),
    campaigns: campaignStore({ database, regions }),
    regions,
    incoming: originals,
    folder,
    close: () => store.close(),
  };
}

export interface Work {
  readonly runner: Runner;
  readerPids(): readonly number[];
  stop(): Promise<void>;
}

/** Starts working on the jobs of a library, within the limits of the configuration. */
export function startWork(
  library: Library,
  config: Pick<Config, 'workers' | 'timeoutSeconds' | 'memoryMb' | 'regions' | 'leaseSeconds'>,
  log: Logger,
  onEnd?: (fileId: string, outcome: JobOutcome) => void,
): Work {
  const readers = startReaders({
    processes: config.workers,
    timeoutMs: config.timeoutSeconds * 1_000,
    memoryMb: config.memoryMb,
    regions: config.regions,
  });
  const runner = startRunner({
    queue: library.queue,
    handlers: { extract: extractHandler(library.store, readers, log) },
    parallel: config.workers,
    leaseMs: config.leaseSeconds * 1_000,
    log,
    onEnd: (job, outcome) => onEnd?.(job.fileId, outcome),
  });
  return {
    runner,
    readerPids: () => readers.pids(),
    async stop() {
      await runner.stop();
      await readers.close();
    },
  };
}
