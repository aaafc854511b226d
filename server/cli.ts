import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { commands } from './commands/index.ts';
import { describeSettings, loadConfig } from './config.ts';
import { type Io, standardIo } from './io.ts';
import { packageRoot } from './packageRoot.ts';
import { reportFailure } from './reportFailure.ts';

/**
 * Runs one command. Resolves with the exit status: 0 done; 1 an input could not be read; 2 wrong usage. Never rejects.
 */
export async function main(argv: readonly string[], io: Io = standardIo()): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined) {
    io.err(await helpText());
    return 2;
  }
  if (name === 'help' || name === '--help' || name === '-h') {
    await io.out(`${await helpText()}\n`);
    return 0;
  }
  if (name === 'version' || name === '--version') {
    await io.out(`${version()}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? await commands[name]?.() : undefined;
  if (command === undefined)
    return wrongUsage(io, `there is no command "${name}"`, `${Object.keys(commands).join('|')}|help`);

  const options = { ...command.options, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true, strict: true });
  } catch (error) {
    return wrongUsage(io, error instanceof Error ? error.message : String(error), command.usage);
  }
  const flags: Record<string, string | boolean> = {};
  for (const [key, value] of Object.entries(parsed.values)) {
    if (typeof value === 'string' || typeof value === 'boolean') flags[key] = value;
  }
  if (flags.help === true) {
    await io.out(`hongtou ${command.usage}\n    ${command.summary}\n`);
    return 0;
  }
  const [least, most] = command.arguments;
  if (parsed.positionals.length < least || parsed.positionals.length > most) {
    return wrongUsage(io, `"${name}" was given ${parsed.positionals.length} arguments`, command.usage);
  }
  const loaded = loadConfig(flags);
  if (!loaded.ok) return wrongUsage(io, `a setting is not valid:\n${loaded.explanation}`, command.usage);

  const ending = new AbortController();
  const end = () => ending.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    return await command.run({
      positionals: parsed.positionals,
      flags,
      config: loaded.config,
      io,
      signal: ending.signal,
    });
  } catch (error) {
    reportFailure(io, name, error, loaded.config.logLevel);
    return 1;
  } finally {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  }
}

function wrongUsage(io: Io, what: string, usage: string): 2 {
  io.err(`hongtou: ${what.replace(/[.:]?$/, '.')}\nUsage: hongtou ${usage}`);
  return 2;
}

async function helpText(): Promise<string> {
  const loaded = await Promise.all(Object.values(commands).map((load) => load()));
  const lines = loaded.map((command) => `    hongtou ${command.usage}\n        ${command.summary}`);
  return [
    'Hongtou 红头: from Chinese official notices (公文) to their facts.',
    '',
    ...lines,
    '',
    'Exit status: 0 done; 1 an input could not be read; 2 wrong usage.',
    '',
    'Settings (environment variable, default, meaning):',
    ...describeSettings().map((line) => `    ${line}`),
  ].join('\n');
}

function version(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8'));
  return manifest.version;
}
