import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { problemOf } from '../../models/api/library.ts';
import type { Layout, PageView } from '../../models/index.ts';
import type { RegionEntry } from '../../models/text/regions.ts';
import { type EngineChoice, type SharedEngines, sharedEngines } from '../../pipeline/ocr/openEngines.ts';
import { pageViews } from '../../pipeline/pageViews.ts';
import { extractFile, extractorVersion, extractUnlessScanned } from '../../pipeline/run.ts';
import { readRegions } from '../regions.ts';
import { pagesInFolder } from '../store/recognizedPages.ts';
import type { DrawRequest, ReadReply, ReadRequest } from './readerMessages.ts';

/**
 * The process that reads files for another one, which may kill it at any moment. It opens nothing but the file it is
 * given and the folder of its recognised pages, and holds no lock, so nothing is lost with it. Engines are started when
 * the first file needs them and serve all further ones.
 */
const send = (reply: ReadReply) => process.send?.(reply);

giveWay();
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group of processes; the one that serves decides when this one ends.
process.on('SIGINT', () => undefined);
process.on('message', (request: ReadRequest | DrawRequest) => void attend(request));
const [, , regionsFile] = process.argv;
let regions: readonly RegionEntry[] | undefined;
let running: { readonly choice: EngineChoice; readonly engines: SharedEngines } | undefined;

async function attend(request: ReadRequest | DrawRequest): Promise<void> {
  try {
    send(await (request.type === 'read' ? read(request) : draw(request)));
  } catch (error) {
    const problem = problemOf(error);
    send(
      problem === undefined
        ? { type: 'broke', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }
        : { type: 'refused', problem },
    );
  }
}

async function read({ path, fileName, ocr, pagesFolder }: ReadRequest): Promise<ReadReply> {
  if (regionsFile !== undefined) regions ??= await readRegions(regionsFile);
  const input = { fileName, bytes: await readFile(path) };
  let pages: readonly PageView[] = [];
  const known = {
    ...(regions && { regions }),
    onLayout: (layout: Layout) => {
      pages = pageViews(layout);
    },
  };
  const result =
    ocr === 'ask'
      ? await extractUnlessScanned(input, known)
      : await extractFile(input, {
          ...known,
          onProgress: (progress) => send({ type: 'progress', progress }),
          ...(ocr !== 'none' && { ocr, engines: await enginesFor(ocr) }),
          ...(pagesFolder !== null && { pages: pagesInFolder(pagesFolder) }),
        });
  if ('scannedPages' in result) return { type: 'scanned', pageCount: result.scannedPages };
  return { type: 'read', extraction: result, pages, extractorVersion };
}

async function enginesFor(choice: EngineChoice): Promise<SharedEngines> {
  if (running?.choice !== choice) {
    await running?.engines.close();
    running = { choice, engines: sharedEngines(choice) };
  }
  return running.engines;
}

/** Reading gives way to answering. On Linux each thread has a priority of its own, and some run already. */
function giveWay(): void {
  const tasks = '/proc/self/task';
  let threads: readonly number[];
  try {
    threads = readdirSync(tasks).map(Number);
  } catch {
    threads = [process.pid];
  }
  for (const thread of threads) {
    try {
      os.setPriority(thread, os.constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // Not allowed here, or it has ended: then it competes as an equal.
    }
  }
}

async function draw({ path, fileName, ...asked }: DrawRequest): Promise<ReadReply> {
  // Drawing needs libraries that reading does without.
  const { pagePicture } = await import('../../pipeline/pagePicture.ts');
  const picture = await pagePicture({ fileName, bytes: await readFile(path) }, asked);
  return { type: 'drawn', picture: picture === null ? null : Buffer.from(picture).toString('base64') };
}
