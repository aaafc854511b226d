import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportFacts } from './about.ts';
import type { ExportedNotice } from './readFacts.ts';

/** A line about the export, then one for each notice, all of them JSON. Ends `target`. */
export async function writeJsonLines(
  { notices, leftOut, isMasked, at }: ExportFacts,
  exported: AsyncIterable<ExportedNotice>,
  target: Writable,
): Promise<void> {
  const lines = async function* () {
    yield line({ type: 'export', at, notices: notices.length, leftOut, masked: isMasked });
    for await (const { summary, ...rest } of exported) {
      const { fileId, noticeId, fileName, restricted } = summary;
      yield line({ type: 'notice', fileId, noticeId, fileName, restricted, ...rest });
    }
  };
  await pipeline(Readable.from(lines()), target);
}

const line = (value: object) => `${JSON.stringify(value)}\n`;
