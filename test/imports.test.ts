import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Imports point one way: models know nobody, the server knows everybody. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  models: ['models'],
  extractors: ['models', 'extractors'],
  pipeline: ['models', 'extractors', 'pipeline'],
  server: ['models', 'extractors', 'pipeline', 'server'],
  corpus: ['models', 'extractors', 'pipeline', 'corpus'],
  web: ['models', 'web'],
};

const foreignPackages: Readonly<Record<string, readonly string[]>> = { models: ['zod'] };

interface Import {
  readonly from: string;
  readonly specifier: string;
}

const imports: readonly Import[] = Object.keys(mayImport).flatMap((folder) => sources(folder).flatMap(importsOf));

function sources(folder: string): readonly string[] {
  try {
    return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)(dist|node_modules)\//.test(file))
      .map((file) => path.join(folder, file));
  } catch {
    return [];
  }
}

function importsOf(from: string): readonly Import[] {
  const text = readFileSync(path.join(root, from), 'utf8');
  const pattern =
    /^\s*(?:import|export)\s+(?:type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    from,
    specifier: match[1] ?? match[2] ?? '',
  }));
}

const topOf = (file: string) => file.split('/')[0] ?? '';
const targetOf = ({ from, specifier }: Import) => path.normalize(path.join(path.dirname(from), specifier));
const isRelative = ({ specifier }: Import) => specifier.startsWith('.');
const show = ({ from, specifier }: Import) => `${from} imports ${specifier}`;

describe('Imports', () => {
  it('are seen at all', () => {
    expect(imports.filter(isRelative).length).toBeGreaterThan(50);
  });

  it('point one way', () => {
    const wrong = imports.filter(
      (one) => isRelative(one) && !mayImport[topOf(one.from)]?.includes(topOf(targetOf(one))),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it('bring nothing into the models but what they may know', () => {
    const wrong = imports.filter(
      (one) => !isRelative(one) && foreignPackages[topOf(one.from)]?.includes(one.specifier) === false,
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it('of one stage do not reach into another', () => {
    // What makes lines and tables of characters and strokes at their places serves readers and recognition alike.
    const isShared = (file: string) => file.startsWith('pipeline/read/geometry/');
    const stageOf = (file: string) => (isShared(file) ? undefined : /^pipeline\/([^/]+)\//.exec(file)?.[1]);
    const wrong = imports.filter((one) => {
      const own = stageOf(one.from);
      const other = stageOf(targetOf(one));
      return own !== undefined && other !== undefined && isRelative(one) && own !== other;
    });
    expect(wrong.map(show)).toEqual([]);
  });

  it('name the file with its ending', () => {
    const wrong = imports.filter((one) => isRelative(one) && !/\.(tsx?|json|css)$/.test(one.specifier));
    expect(wrong.map(show)).toEqual([]);
  });
});

describe('The environment', () => {
  it('is read in one place', () => {
    const readers = ['models', 'extractors', 'pipeline', 'server']
      .flatMap(sources)
      .filter((file) =>
        /process\.env\b(?!\.PATH|\.\w+ = )/.test(
          readFileSync(path.join(root, file), 'utf8').replace(/`process\.env`/g, ''),
        ),
      );
    expect(readers).toEqual(['server/config.ts']);
  });
});
