import { openLibrary } from '../library.ts';
import { rederive } from '../rederive.ts';
import type { Command } from './command.ts';

export const check: Command = {
  usage: 'check [--rederive] [--repair] [--data DIR]',
  summary:
    'verify the library: hashes, rows, extractions, search index, campaigns; --rederive reads every file again and compares; ' +
    '--repair makes anew what can be, and has files read again',
  options: { rederive: { type: 'boolean' }, repair: { type: 'boolean' } },
  arguments: [0, 0],
  async run({ flags, config, io, signal }) {
    const library = await openLibrary(config);
    try {
      const isRepairing = flags.repair === true;
      const report = await library.store.check(isRepairing ? 'cli' : undefined);
      const ofCampaigns = await library.campaigns.check(isRepairing);
      const faults = [...report.faults, ...(isRepairing ? [] : ofCampaigns)];
      const mended = [...report.mended, ...(isRepairing ? ofCampaigns : [])];
      for (const fault of faults) io.err(`hongtou: ${fault}`);
      for (const fault of mended) io.err(`hongtou: mended: ${fault}`);
      const anew =
        flags.rederive === true ? await rederive(library, config, { onProgress: io.progress, signal }) : null;
      for (const difference of anew?.differences ?? []) io.err(`hongtou: ${difference}`);
      const unread = new Set([...report.unread, ...(isRepairing ? (anew?.different ?? []) : [])]);
      for (const fileId of unread) await library.queue.enqueue({ kind: 'extract', fileId, actor: 'cli' });
      if (unread.size > 0) io.err(`hongtou: ${unread.size} files will be read again by the next ingest or serve.`);
      await io.out(
        `${report.files} files, ${report.extractions} extractions, ${faults.length} faults` +
          `${isRepairing ? `, ${mended.length} mended` : ''}` +
          `${anew === null ? '' : `; ${anew.read} read again, ${anew.differences.length} different`}\n`,
      );
      if (signal.aborted) return 1;
      const isAsItWas = anew === null || anew.differences.length === (isRepairing ? anew.different.length : 0);
      return faults.length === 0 && isAsItWas ? 0 : 1;
    } finally {
      await library.close();
    }
  },
};
