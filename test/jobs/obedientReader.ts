import { readFile } from 'node:fs/promises';
import type { ReadReply, ReadRequest } from '../../server/jobs/readerMessages.ts';
import { extractionOf } from '../extraction.ts';

/** Stands in for the process that reads: does what the file tells it to, also the worst. */
const send = (reply: ReadReply) => process.send?.(reply);

process.on('message', async (request: ReadRequest) => {
  const text = await readFile(request.path, 'utf8');
  if (text === 'hang') setInterval(() => undefined, 1_000);
  else if (text === 'spin') while (true);
  else if (text === 'die') process.kill(process.pid, 'SIGKILL');
  else if (text === 'exit') process.exit(3);
  else if (text === 'trouble') {
    for (const piece of ['free(): invalid size\nhongtou: page 2: a page can', 'not be recognised: no data\n']) {
      await new Promise((resolve) => process.stderr.write(piece, resolve));
    }
    send({ type: 'scanned', pageCount: 2 });
  } else if (text === 'hoard') {
    const kept: Buffer[] = [];
    setInterval(() => kept.push(Buffer.alloc(32 * 1024 * 1024, 1)), 10);
  } else if (text === 'heap') {
    const kept: number[][] = [];
    while (true) kept.push(Array.from({ length: 100_000 }, (_, index) => index + 0.5));
  } else if (text === 'scan' && request.ocr === 'ask') send({ type: 'scanned', pageCount: 5 });
  else if (text === 'slow pages') {
    // Each page takes less than a page may, all of them more than a file may.
    for (let page = 1; page <= 5; page += 1) {
      send({ type: 'progress', progress: { page, pageCount: 5, stage: 'recognize' } });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    send({ type: 'read', extraction: extractionOf('slow'), pages: [], extractorVersion: '1' });
  } else if (text === 'break') send({ type: 'broke', detail: 'a stack trace' });
  else {
    send({ type: 'progress', progress: { page: 1, pageCount: 2, stage: 'read' } });
    send({ type: 'read', extraction: extractionOf(`${process.pid}`), pages: [], extractorVersion: '1' });
  }
});
