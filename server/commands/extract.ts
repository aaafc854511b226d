import type { Extraction } from '../../models/index.ts';
import { sharedEngines } from '../../pipeline/ocr/openEngines.ts';
import { extractFile } from '../../pipeline/run.ts';
import { readInput } from '../inputFile.ts';
import { maskExtraction } from '../maskContacts.ts';
import { readRegions } from '../regions.ts';
import { reportFailure } from '../reportFailure.ts';
import { summarize } from '../summary.ts';
import type { Command } from './command.ts';

export const extract: Command = {
  usage: 'extract FILE... [--json] [--ocr auto|pp|tesseract|none]',
  summary: 'one notice in, its facts out; JSON with --json, a readable summary without',
  options: { json: { type: 'boolean' }, ocr: { type: 'string' } },
  arguments: [1, Number.POSITIVE_INFINITY],
  async run({ positionals, flags, config, io, signal }) {
    const engines = config.ocr === 'none' ? undefined : sharedEngines(config.ocr);
    const isBatch = positionals.length > 1;
    let failed = 0;
    const regions = config.regions === undefined ? undefined : await readRegions(config.regions);
    try {
      for (const [index, file] of positionals.entries()) {
        if (io.outIsClosed || signal.aborted) break;
        try {
          const read = await extractFile(await readInput(file), {
            onProgress: ({ page, pageCount, stage }) => {
              // Pages that are recognised take seconds: that is worth a line in a log, too.
              const line = `${index + 1}/${positionals.length} ${file} ${stage} ${page}/${pageCount}`;
              io.progress(line, stage === 'recognize');
            },
            signal,
            ...(config.ocr !== 'none' && engines && { ocr: config.ocr, engines }),
            ...(regions && { regions }),
          });
          const extraction = config.maskContacts ? maskExtraction(read) : read;
          await io.out(flags.json === true ? toJson(extraction, isBatch) : `${summarize(extraction)}\n`);
        } catch (error) {
          failed += 1;
          if (signal.aborted) io.err('hongtou: stopped.');
          else reportFailure(io, file, error, config.logLevel);
        }
      }
    } finally {
      await engines?.close();
    }
    return failed === 0 ? 0 : 1;
  },
};

/** One object for people and programs alike; of several, each on a line of its own. */
function toJson(extraction: Extraction, isBatch: boolean): string {
  return `${JSON.stringify(extraction, null, isBatch ? 0 : 2)}\n`;
}
