import { readFile } from 'node:fs/promises';
import os from 'node:os';
import type { RegionEntry } from '../../models/text/regions.ts';
import { extractFile, extractorVersion } from '../../pipeline/run.ts';
import { problemOf } from '../records.ts';
import { readRegions } from '../regions.ts';
import type { ReadReply, ReadRequest } from './readerMessages.ts';

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
process.on('message', (request: ReadRequest) => void read(request));
const [, , regionsFile] = process.argv;
let regions: readonly RegionEntry[] | undefined;

async function read(request: ReadRequest): Promise<void> {
  try {
    if (regionsFile !== undefined) regions ??= await readRegions(regionsFile);
    const bytes = await readFile(request.path);
    const extraction = await extractFile(
      { fileName: request.fileName, bytes },
      { onProgress: (progress) => send({ type: 'progress', progress }), ...(regions && { regions }) },
    );
    send({ type: 'read', extraction, extractorVersion });
  } catch (error) {
    const problem = problemOf(error);
    send(
      problem === undefined
        ? { type: 'broke', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }
        : { type: 'refused', problem },
    );
  }
}
