import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The messages of diagnostics and findings as they stand in the sources, without what is put into them. */
const messages = ['pipeline', 'extractors'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [
        ...readFileSync(path.join(root, folder, file), 'utf8').matchAll(/\bmessage:\s*(['`])((?:(?!\1)[\s\S])+)\1/g),
      ].map((match) => `${file}: ${(match[2] ?? '').replace(/\$\{[^}]*\}/g, '')}`),
    ),
);

describe('What people read about a file', () => {
  it('is in Chinese, wherever it is said', () => {
    expect(messages.length).toBeGreaterThan(25);
    expect(messages.filter((message) => /: .*[a-z]+ [a-z]+/i.test(message))).toEqual([]);
  });
});
