import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Store } from '../store/store.ts';
import { type ChosenNotices, chooseNotices, type ExportChoice } from './chooseNotices.ts';
import { readFacts } from './readFacts.ts';
import { writeArchive } from './writeArchive.ts';
import { writeJsonLines } from './writeJsonLines.ts';
import { writeWorkbook } from './writeWorkbook.ts';

export const exportFormats = ['xlsx', 'jsonl', 'zip'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportTypes: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/jsonl; charset=utf-8',
  zip: 'application/zip',
};

export interface Export extends ChosenNotices {
  /** Writes it all and ends `target`. Rejects as soon as nobody takes it any more. */
  write(target: Writable): Promise<void>;
}

/** Chooses what to export, so that what is wrong with the choice is known before the first byte is written. */
export async function prepareExport(
  store: Store,
  choice: ExportChoice,
  format: ExportFormat,
  isMasked: boolean,
): Promise<Export> {
  const chosen = await chooseNotices(store, choice);
  const facts = { ...chosen, isMasked, at: new Date().toISOString() };
  return {
    ...chosen,
    async write(target) {
      const exported = readFacts(store, chosen.notices, isMasked);
      const through = new PassThrough();
      const written =
        format === 'xlsx'
          ? writeWorkbook(facts, exported, through)
          : format === 'jsonl'
            ? writeJsonLines(facts, exported, through)
            : writeArchive(facts, exported, store, through);
      // What writes workbooks would wait for ever for one who went away.
      written.catch((error: Error) => through.destroy(error));
      await pipeline(through, target);
      await written;
    },
  };
}
