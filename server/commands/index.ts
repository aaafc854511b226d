import type { Command } from './command.ts';

/**
 * Every command, in the order of the help text; loaded when it is asked for. A new one is a file here and a line in
 * this table.
 */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  extract: async () => (await import('./extract.ts')).extract,
  compare: async () => (await import('./compare.ts')).compare,
  matrix: async () => (await import('./matrix.ts')).matrix,
  template: async () => (await import('./template.ts')).template,
  collect: async () => (await import('./collect.ts')).collect,
  ingest: async () => (await import('./ingest.ts')).ingest,
  export: async () => (await import('./export.ts')).exportCommand,
  campaigns: async () => (await import('./campaigns.ts')).campaigns,
  serve: async () => (await import('./serve.ts')).serve,
  check: async () => (await import('./check.ts')).check,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
};
