import type { ParseArgsConfig } from 'node:util';
import type { Config } from '../config.ts';
import type { Io } from '../io.ts';

export interface CommandInput {
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly config: Config;
  readonly io: Io;
  /** Aborted by Ctrl-C or when the process is asked to end. */
  readonly signal: AbortSignal;
}

export interface Command {
  /** After `hongtou`: `extract FILE... [--json]`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Least and most positionals. */
  readonly arguments: readonly [least: number, most: number];
  /** Resolves with the exit status; HongtouError is reported by the caller and gives 1. */
  run(input: CommandInput): Promise<number>;
}
