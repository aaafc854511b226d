const told = new Set<string>();

/**
 * Says on stderr, as a warning of the process, what an engine or a decoder said of its trouble: its own words help who
 * runs the program, and nobody who reads a notice. The same words are said once.
 */
export function tellTrouble(what: string, error: unknown): void {
  const words = `${what}: ${error instanceof Error ? error.message : String(error)}`;
  if (told.has(words)) return;
  told.add(words);
  process.emitWarning(words, { type: 'RecognitionWarning' });
}
