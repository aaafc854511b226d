import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { HongtouError } from '../../models/index.ts';
import type { ExportChoice, NoticeAddress } from '../export/chooseNotices.ts';
import { exportFormats, prepareExport } from '../export/writeExport.ts';
import { noticeFilter } from '../http/routes/notices.ts';
import { openLibrary } from '../library.ts';
import type { Store } from '../store/store.ts';
import type { Command } from './command.ts';

const { q, level, region, documentType, campaign, issuedFrom, issuedTo, finding } = noticeFilter;
const Filter = z.strictObject({ q, level, region, documentType, campaign, issuedFrom, issuedTo, finding });
/** Flags as people write them, by the names of the filter. */
const flagNames: Readonly<Record<string, keyof z.infer<typeof Filter>>> = {
  query: 'q',
  level: 'level',
  region: 'region',
  type: 'documentType',
  campaign: 'campaign',
  from: 'issuedFrom',
  to: 'issuedTo',
  finding: 'finding',
};

export const exportCommand: Command = {
  usage:
    'export [ID[#n2]...] -o OUT.xlsx|.jsonl|.zip [--query WORDS] [--level county] [--region 14] [--type 通知] ' +
    '[--campaign NAME] [--from 2025-01-01] [--to 2025-12-31] [--finding error] [--data DIR]',
  summary:
    'notices of the library with their facts, or their originals; with 密级 or 不予公开 only those named by their ids',
  options: {
    output: { type: 'string', short: 'o' },
    ...Object.fromEntries(Object.keys(flagNames).map((name) => [name, { type: 'string' }] as const)),
  },
  arguments: [0, Number.POSITIVE_INFINITY],
  async run({ positionals, flags, config, io }) {
    const output = typeof flags.output === 'string' ? flags.output : '';
    const format = exportFormats.find((one) => path.extname(output).toLowerCase() === `.${one}`);
    if (format === undefined) {
      io.err(`hongtou: an export needs a file to go to (-o OUT.xlsx, .jsonl or .zip). Usage: ${exportCommand.usage}`);
      return 2;
    }
    const given = Object.entries(flagNames).flatMap(([flag, name]) =>
      flags[flag] === undefined ? [] : [[name, flags[flag]]],
    );
    const filter = Filter.safeParse(Object.fromEntries(given));
    if (!filter.success || (positionals.length > 0 && given.length > 0)) {
      const reason = filter.success ? 'ids and a filter cannot be used together' : z.prettifyError(filter.error);
      io.err(`hongtou: ${reason}. Usage: ${exportCommand.usage}`);
      return 2;
    }
    const library = await openLibrary(config);
    try {
      const { store } = library;
      const choice: ExportChoice =
        positionals.length === 0 ? { filter: filter.data } : { named: await addressesOf(store, positionals) };
      const prepared = await prepareExport(store, choice, format, config.maskContacts);
      await writeWhole(output, (target) => prepared.write(target));
      io.err(`${output}: ${prepared.notices.length} notices`);
      if (prepared.leftOut > 0) {
        io.err(
          `hongtou: ${prepared.leftOut} with a 密级 or 不予公开 were left out; name them by their ids if they are meant.`,
        );
      }
      return 0;
    } finally {
      await library.close();
    }
  },
};

/** ID or ID#n2; an id may be shortened to 8 digits. */
async function addressesOf(store: Store, named: readonly string[]): Promise<readonly NoticeAddress[]> {
  const addresses: NoticeAddress[] = [];
  for (const one of named) {
    const [prefix = '', noticeId = null] = one.split('#');
    const [file, another] = prefix.length < 8 ? [] : await store.findFilesByPrefix(prefix);
    if (file === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${prefix}` });
    if (another !== undefined) {
      throw new HongtouError('NOT_ALLOWED', { what: `The id ${prefix}`, reason: 'several files begin with it' });
    }
    addresses.push({ fileId: file.fileId, noticeId });
  }
  return addresses;
}

/** A file as a whole or not at all. */
async function writeWhole(output: string, write: (target: ReturnType<typeof createWriteStream>) => Promise<void>) {
  const beside = `${output}.${process.pid}.part`;
  try {
    await write(createWriteStream(beside));
    await rename(beside, output);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    if (error instanceof HongtouError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new HongtouError('NOT_WRITABLE', { fileName: output, reason }, { cause: error });
  }
}
