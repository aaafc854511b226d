import { openLibrary } from '../library.ts';
import type { Command } from './command.ts';

export const check: Command = {
  usage: 'check [--data DIR]',
  summary: 'verify the library: hashes of the originals, rows, extractions, the search index',
  options: {},
  arguments: [0, 0],
  async run({ config, io }) {
    const library = await openLibrary(config);
    try {
      const report = await library.store.check();
      for (const fault of report.faults) io.err(`hongtou: ${fault}`);
      await io.out(`${report.files} files, ${report.extractions} extractions, ${report.faults.length} faults\n`);
      return report.faults.length === 0 ? 0 : 1;
    } finally {
      await library.close();
    }
  },
};
