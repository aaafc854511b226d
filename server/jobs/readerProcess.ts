import { readFile } from 'node:fs/promises';
import os from 'node:os';
import type { PageView } from '../../models/index.ts';
import type { RegionEntry } from '../../models/text/regions.ts';
import { pageViews } from '../../pipeline/pageViews.ts';
import { extractFile, extractorVersion } from '../../pipeline/run.ts';
import { problemOf } from '../records.ts';
import { readRegions } from '../regions.ts';
import type { DrawRequest, ReadReply, ReadRequest } from './readerMessages.ts';

/**
 * The process that reads files for another one, which may kill it at any moment. It opens nothing but the file it is
 * given and holds no lock, so nothing is lost with it.
 */
const send = (reply: ReadReply) => process.send?.(reply);

// Reading gives way to answering.
try {
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not allowed here: then it competes as an equal.
}
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group of processes; the one that serves decides when this one ends.
process.on('SIGINT', () => undefined);
process.on('message', (request: ReadRequest | DrawRequest) => void attend(request));
const [, , regionsFile] = process.argv;
let regions: readonly RegionEntry[] | undefined;

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

async function read({ path, fileName }: ReadRequest): Promise<ReadReply> {
  if (regionsFile !== undefined) regions ??= await readRegions(regionsFile);
  const bytes = await readFile(path);
  let pages: readonly PageView[] = [];
  const extraction = await extractFile(
    { fileName, bytes },
    {
      onProgress: (progress) => send({ type: 'progress', progress }),
      onLayout: (layout) => {
        pages = pageViews(layout);
      },
      ...(regions && { regions }),
    },
  );
  return { type: 'read', extraction, pages, extractorVersion };
}

async function draw({ path, fileName, ...asked }: DrawRequest): Promise<ReadReply> {
  // Drawing needs libraries that reading does without.
  const { pagePicture } = await import('../../pipeline/pagePicture.ts');
  const picture = await pagePicture({ fileName, bytes: await readFile(path) }, asked);
  return { type: 'drawn', picture: picture === null ? null : Buffer.from(picture).toString('base64') };
}
