import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** A whole number that may stand as text in the environment or a flag. */
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const yesOrNo = z
  .union([z.boolean(), z.enum(['1', '0', 'true', 'false', 'yes', 'no', ''])])
  .transform((value) => value === true || value === '1' || value === 'true' || value === 'yes');

/**
 * Every setting, once. Each has a variable HONGTOU_…; `--port`, `--host` and `--data` go before the environment.
 * The descriptions are what `hongtou help` prints.
 */
export const Config = z
  .object({
    data: z
      .string()
      .min(1)
      .default('data')
      .transform((folder) => path.resolve(folder))
      .meta({ description: 'Folder of the library.' }),
    host: z.string().min(1).default('127.0.0.1').meta({ description: 'Address to listen on.' }),
    port: whole(0, 65535).default(8620).meta({ description: 'Port to listen on; 0 takes a free one.' }),
    token: z
      .string()
      .min(16)
      .optional()
      .meta({ description: 'Access token; with one, every request needs it. At least 16 characters.' }),
    workers: whole(1, 64)
      .default(Math.max(1, Math.min(4, os.availableParallelism() - 1)))
      .meta({ description: 'Files read at the same time.' }),
    timeoutSeconds: whole(1, 86_400).default(900).meta({ description: 'Longest time for reading one file.' }),
    memoryMb: whole(128, 65_536).default(3_072).meta({ description: 'Most memory for reading one file, in MB.' }),
    ocr: z
      .enum(['auto', 'pp', 'tesseract', 'none'])
      .default('auto')
      .meta({ description: 'Engine for pages without text: auto, pp, tesseract; none: they are only reported.' }),
    ocrReaders: whole(1, 16).default(1).meta({ description: 'Scans recognised at the same time.' }),
    ocrMemoryMb: whole(256, 65_536)
      .default(2_048)
      .meta({ description: 'Most memory for recognising one scan, in MB; the engines take about 700 of it.' }),
    ocrPageSeconds: whole(1, 3_600).default(30).meta({ description: 'Further time for each page that is recognised.' }),
    uploadMb: whole(1, 200).default(200).meta({ description: 'Largest upload of one file, in MB.' }),
    uploadFiles: whole(1, 1_000).default(100).meta({ description: 'Most files in one upload.' }),
    requestsPerMinute: whole(1, 10_000_000)
      .default(6_000)
      .meta({ description: 'Most requests a minute from one address.' }),
    leaseSeconds: whole(2, 3_600)
      .default(30)
      .meta({ description: 'Time after which a silent job is given to another worker.' }),
    keepDeletedDays: whole(0, 3_650).default(30).meta({ description: 'Days before a deletion is final.' }),
    maskContacts: yesOrNo.default(false).meta({
      description: 'Mask telephone numbers and e-mail addresses in answers and exports; originals stay as they are.',
    }),
    regions: z
      .string()
      .transform((file) => path.resolve(file))
      .optional()
      .meta({ description: 'JSON file of administrative divisions beyond the official list.' }),
    logLevel: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
      .default('info')
      .meta({ description: 'Log level.' }),
  })
  .superRefine((config, context) => {
    if (config.token === undefined && !isLoopback(config.host)) {
      context.addIssue({
        code: 'custom',
        path: ['host'],
        message: `Listening on ${config.host} needs an access token: set HONGTOU_TOKEN (at least 16 characters).`,
      });
    }
  })
  .readonly();
export type Config = z.infer<typeof Config>;

/** Addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The variable of each setting: `timeoutSeconds` → `HONGTOU_TIMEOUT_SECONDS`. */
export function variableOf(setting: string): string {
  return `HONGTOU_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly explanation: string };

/**
 * Reads flags and environment. Flags go first; an empty variable counts as not set. The only place that reads
 * `process.env`.
 */
export function loadConfig(
  flags: Readonly<Record<string, string | boolean | undefined>> = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ConfigResult {
  const given: Record<string, unknown> = {};
  for (const setting of settingNames) {
    const value = flags[setting] ?? environment[variableOf(setting)];
    if (value !== undefined && value !== '') given[setting] = value;
  }
  const parsed = Config.safeParse(given);
  return parsed.success ? { ok: true, config: parsed.data } : { ok: false, explanation: z.prettifyError(parsed.error) };
}

/**
 * The environment of a process that reads files: as the command tells itself (bin/hongtou.cjs), glibc is told to give the
 * memory of pictures back to the system once it is freed (mallopt(3)).
 */
export const readerEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
});

const shape = Config.def.innerType.shape;
export const settingNames = Object.keys(shape) as readonly (keyof typeof shape)[];

/** Name, default and meaning of each setting, for the help text. */
export function describeSettings(): readonly string[] {
  const defaults: Readonly<Record<string, unknown>> = Config.parse({});
  return settingNames.map((setting) => {
    const standard = setting === 'data' ? 'data' : (defaults[setting] ?? '');
    return `${variableOf(setting).padEnd(28)} ${String(standard).padEnd(10)} ${shape[setting].meta()?.description ?? ''}`;
  });
}
