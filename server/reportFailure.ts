import { HongtouError } from '../models/index.ts';
import type { Config } from './config.ts';
import type { Io } from './io.ts';

/** One line on stderr: which input, what is wrong, what to do. A fault of our own shows its stack at `debug`. */
export function reportFailure(io: Io, what: string, error: unknown, logLevel: Config['logLevel'] = 'info'): void {
  if (error instanceof HongtouError) {
    io.err(`hongtou: ${what}: ${error.line}`);
    return;
  }
  const wrapped = new HongtouError('INTERNAL', { what: `work on "${what}"` }, { cause: error });
  io.err(`hongtou: ${what}: ${wrapped.message} (${error instanceof Error ? error.message : String(error)})`);
  if ((logLevel === 'debug' || logLevel === 'trace') && error instanceof Error) io.err(error.stack ?? '');
  else io.err('hongtou: set HONGTOU_LOG_LEVEL=debug to see where.');
}
