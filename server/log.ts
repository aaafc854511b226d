import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/**
 * Structured lines on stderr. The text of documents, names of persons and the access token never go into it: what is
 * logged are ids, codes, figures and paths of addresses.
 */
export function makeLog(config: Pick<Config, 'logLevel'>): Logger {
  return pino(
    { level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
