import { type DestinationStream, type Logger, pino } from 'pino';
import { HongtouError } from '../models/index.ts';
import type { Config } from './config.ts';

/**
 * Structured lines on stderr. The text of documents, names of persons and of files, and the access token never go into
 * it: what is logged are ids, codes, figures and paths of addresses.
 */
export function makeLog(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: withoutText, detail: traceOf },
    },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}

/** An error as what it is and where it came from. Messages are left out: that of a database repeats what was written. */
function withoutText(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, syscall } = error as NodeJS.ErrnoException;
  // After the statement with its values, the database says which of its own rules was broken.
  const constraint = / - SQLITE_[A-Z_]+: ([\x20-\x7e]{1,120})$/.exec(error.message)?.[1];
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    ...(syscall !== undefined && { syscall }),
    ...(error instanceof HongtouError && { status: error.status }),
    ...(constraint !== undefined && { constraint }),
    at: traceOf(error.stack ?? ''),
    ...(error.cause !== undefined && { cause: withoutText(error.cause) }),
  };
}

/** Of what a broken process said last: the kind of error, and the places in the program. */
function traceOf(text: unknown): readonly string[] {
  const lines = typeof text === 'string' ? text.split('\n') : [];
  const kinds = lines.flatMap((line) => /^(?:Uncaught )?([A-Z]\w*(?:Error|Exception))\b/.exec(line)?.[1] ?? []);
  const places = lines.flatMap((line) => /^\s+(at [^\n]{1,300})$/.exec(line)?.[1] ?? []);
  return [...kinds.slice(0, 1), ...places.slice(0, 20)];
}
