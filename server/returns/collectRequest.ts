import type { Collection, Period, ReportingUnit } from '../../models/index.ts';
import type { Config } from '../config.ts';

/** What the command line asks to be collected. */
export interface CollectRequest {
  /** A notice, its id in the library, or the record of an earlier run. */
  readonly campaign: string;
  readonly files: readonly string[];
  /** null: those that are known. */
  readonly units: readonly ReportingUnit[] | null;
  readonly period: Period | null;
  /** Of the forms, from 1; null where nothing is said. */
  readonly version: number | null;
  readonly now: string;
}

export interface CollectRun {
  readonly config: Config;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  /** A file that could not be read: the error, or what it was in words. */
  readonly refuse: (file: string, reason: unknown) => void;
}

export interface Collected {
  readonly collection: Collection;
  /** Where the record is kept and what it holds, in one line. */
  readonly kept: string;
  /** Files that could not be read. */
  readonly failed: number;
}
