import { main } from '../server/cli.ts';

/** What a command prints and how it ends. */
export async function run(...argv: readonly string[]) {
  let out = '';
  const err: string[] = [];
  const status = await main(argv, {
    out: async (part) => {
      out += part;
    },
    err: (line) => err.push(line),
    progress: () => undefined,
    outIsClosed: false,
  });
  return { status, out, err };
}
