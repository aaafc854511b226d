import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as models from '../../models/index.ts';

const page = readFileSync(new URL('../../models/README.md', import.meta.url), 'utf8');

interface Described {
  readonly id: string;
  readonly title: string;
  readonly schema: z.ZodType;
}

const described: readonly Described[] = Object.values(models).flatMap((value) => {
  if (!(value instanceof z.ZodType)) return [];
  const meta = z.globalRegistry.get(value);
  return meta?.id === undefined ? [] : [{ id: meta.id, title: meta.title ?? '', schema: value }];
});

/** Sections that begin with a schema's name, up to the next heading of any kind. */
const sections = [...page.matchAll(/^### `(\w+)`(.*)\n([\s\S]*?)(?=^#{2,3} |(?![\s\S]))/gm)].map((match) => ({
  id: match[1] as string,
  heading: match[2] as string,
  text: match[3] as string,
}));

/** The names of the fields of an object, or of all members of a union. */
function fieldsOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodReadonly) return fieldsOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodUnion) {
    return [...new Set(schema.options.flatMap((option) => fieldsOf(option as z.ZodType)))];
  }
  return [];
}

it('describes every schema once, and nothing else', () => {
  expect(sections.map(({ id }) => id).sort()).toEqual(described.map(({ id }) => id).sort());
});

it('leaves no heading of its third rank without a schema', () => {
  expect(page.match(/^### /gm)).toHaveLength(sections.length);
});

describe.each(described)('section $id', ({ id, title, schema }) => {
  const section = sections.find((candidate) => candidate.id === id);
  const text = section?.text ?? '';

  it('bears the Chinese term of the schema', () => {
    expect(title).not.toBe('');
    expect(section?.heading).toMatch(new RegExp(`^ ${title}(, \\d.*)?$`));
  });

  it('names every field', () => {
    expect(fieldsOf(schema).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('shows an input and what it yields in a value that the schema accepts whole', () => {
    const [, example] = /Input: [\s\S]*?yields:\n\n((?: {4}.*\n)+)/i.exec(text) ?? [];
    expect(example).toBeDefined();
    const value: unknown = JSON.parse(example as string);
    expect(schema.parse(value)).toEqual(value);
  });
});
