const told = new Set<string>();

/** Begins a line of trouble on stderr, by which the process that serves knows it from other words. */
export const troubleMark = 'hongtou: ';

/**
 * Says on stderr, in a line of its own, what an engine or a decoder said of its trouble: its own words help who runs the
 * program, and nobody who reads a notice. The same words are said once, with the first page that they were said of.
 */
export function tellTrouble(what: string, error: unknown, page: number | null = null): void {
  const words = `${what}: ${error instanceof Error ? error.message : String(error)}`.replace(/\s*[\r\n]+\s*/g, ' ');
  if (told.has(words)) return;
  told.add(words);
  process.stderr.write(`${troubleMark}${page === null ? '' : `page ${page}: `}${words}\n`);
}
