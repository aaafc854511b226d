import { openLibrary } from '../library.ts';
import type { Command } from './command.ts';

export const backup: Command = {
  usage: 'backup FOLDER [--data DIR]',
  summary: 'copy the library to a new folder, also while the server runs',
  options: {},
  arguments: [1, 1],
  async run({ positionals, config, io }) {
    const library = await openLibrary(config);
    try {
      await library.store.backup(positionals[0]!);
      await io.out(`${positionals[0]}\n`);
      return 0;
    } finally {
      await library.close();
    }
  },
};
