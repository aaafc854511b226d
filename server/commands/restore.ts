import { openLibrary } from '../library.ts';
import { restoreBackup } from '../store/backup.ts';
import type { Command } from './command.ts';

export const restore: Command = {
  usage: 'restore BACKUP [--data DIR]',
  summary: 'make the library from a backup; its folder must be new or empty',
  options: {},
  arguments: [1, 1],
  async run({ positionals, config, io }) {
    await restoreBackup(positionals[0]!, config.data);
    const library = await openLibrary(config);
    try {
      const report = await library.store.check();
      for (const fault of report.faults) io.err(`hongtou: ${fault}`);
      await io.out(`${report.files} files restored to ${library.folder}\n`);
      return report.faults.length === 0 ? 0 : 1;
    } finally {
      await library.close();
    }
  },
};
