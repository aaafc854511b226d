import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Comparison, Extraction } from '../../models/index.ts';
import type { RegionEntry } from '../../models/text/regions.ts';
import { extractFile } from '../../pipeline/run.ts';

const corpus = new URL('../../corpus/', import.meta.url);
const read = (path: string) => readFileSync(fileURLToPath(new URL(path, corpus)));

/** Every `$ref` in a JSON schema. */
function refsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(refsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsOf(inner),
  );
}

describe.each([
  { name: 'Extraction', schema: Extraction, holds: ['Notice', 'Section', 'Evidence', 'Table'] },
  { name: 'Comparison', schema: Comparison, holds: ['NoticeRef', 'FocusItemChange', 'TableComparison'] },
])('JSON schema of $name', ({ schema, holds }) => {
  const json: unknown = JSON.parse(JSON.stringify(z.toJSONSchema(schema)));
  const { $defs: definitions } = z.object({ $defs: z.record(z.string(), z.unknown()) }).parse(json);

  it('defines the named shapes once, by their ids', () => {
    expect(Object.keys(definitions)).toEqual(expect.arrayContaining(holds));
  });

  it('points only at what it defines', () => {
    const refs = refsOf(json);
    expect(refs.length).toBeGreaterThan(holds.length);
    expect(refs.filter((ref) => definitions[ref.replace(/^#\/\$defs\//, '')] === undefined)).toEqual([]);
  });

  it('keeps the Chinese terms', () => {
    const untitled = Object.entries(definitions).filter(
      ([, definition]) => !z.object({ title: z.string() }).safeParse(definition).success,
    );
    expect(untitled.map(([id]) => id)).toEqual([]);
  });
});

describe('an extraction as it is printed', () => {
  const input = { fileName: 'notice.txt', bytes: read('notices/gas-county/notice.txt') };
  const regions = JSON.parse(read('regions.json').toString('utf8')) as readonly RegionEntry[];

  it('is what the schema says, with no key more and none lost', async () => {
    const printed: unknown = JSON.parse(JSON.stringify(await extractFile(input, { regions })));
    const parsed = Extraction.parse(printed);
    expect(parsed).toEqual(printed);
    expect(parsed.notices[0]?.documentNumber?.value).toBe('禾住建〔2025〕58号');
  });

  it('is refused with a key missing', async () => {
    const { text: _, ...rest } = await extractFile(input, { regions });
    expect(Extraction.safeParse(rest).success).toBe(false);
  });
});
