import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/**
 * One test for each folder of `folder`: what `run` makes of its input.txt is what its expected.json says. UPDATE=1 rewrites the
 * expectation and fails all the same, so that a change is always looked at; a missing expectation fails too.
 */
export function testFixtures(folder: URL, run: (input: string) => unknown): void {
  const root = fileURLToPath(folder);
  test.each(readdirSync(root))('%s', async (name) => {
    const file = path.join(root, name, 'expected.json');
    const found: unknown = JSON.parse(
      JSON.stringify(await run(readFileSync(path.join(root, name, 'input.txt'), 'utf8'))),
    );
    if (process.env.UPDATE === '1') {
      writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
      throw new Error(`${file} was rewritten: look at what has changed, then run without UPDATE.`);
    }
    if (!existsSync(file)) throw new Error(`${file} is missing: write it, or make it with UPDATE=1 and look at it.`);
    expect(found).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
}
