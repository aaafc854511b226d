import { directReturnReader, type ReadReturnRequest } from './returnReader.ts';

/** The process that reads returned files for the server, which may kill it at any moment. It opens nothing else; files of an archive it puts beside the archive. */
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group of processes; the one that serves decides when this one ends.
process.on('SIGINT', () => undefined);
process.on('message', async ({ forms, ...file }: ReadReturnRequest) => {
  process.send?.(await directReturnReader.read(file, forms));
});
