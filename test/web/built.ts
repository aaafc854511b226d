import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'vite';
import { builtPages, packageRoot } from '../../server/packageRoot.ts';

/** Stands while somebody builds: the test files that need the pages run at the same time. */
const building = path.join(packageRoot, 'web/dist.building');
/** Whoever has built for longer than this was ended in the middle. */
const longestMs = 300_000;

/** Builds the web application where that was not done since its sources changed. */
export async function ensureBuilt(): Promise<void> {
  while (!takeTurn()) await sleep(500);
  try {
    if (!isFresh()) await build({ root: path.join(packageRoot, 'web'), logLevel: 'error' });
  } finally {
    rmdirSync(building);
  }
}

function takeTurn(): boolean {
  try {
    mkdirSync(building);
    return true;
  } catch {
    const begun = statSync(building, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - begun > longestMs) rmdirSync(building);
    return false;
  }
}

function isFresh(): boolean {
  const index = path.join(builtPages, 'index.html');
  const sources = ['web/src', 'web/index.html', 'web/vite.config.ts', 'models'].map((one) =>
    path.join(packageRoot, one),
  );
  return existsSync(index) && Math.max(...sources.map(newest)) < statSync(index).mtimeMs;
}

function newest(place: string): number {
  const found = statSync(place);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(...readdirSync(place).map((name) => newest(path.join(place, name))));
}

/** Bytes as they go over the network of a page's scripts and styles: those of the start and those of the page itself. */
export function firstLoad(page: string): number {
  const assets = path.join(builtPages, 'assets');
  const html = readFileSync(path.join(builtPages, 'index.html'), 'utf8');
  const start = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.(?:js|css))"/g)].map((match) => match[1] as string);
  const chunk = readdirSync(assets).find((name) => name.startsWith(`${page}-`) && name.endsWith('.js'));
  if (chunk === undefined) throw new Error(`There is no script of ${page}.`);
  const needed = new Set<string>();
  const take = (name: string) => {
    if (needed.has(name)) return;
    needed.add(name);
    if (!name.endsWith('.js')) return;
    const script = readFileSync(path.join(assets, name), 'utf8');
    // Only what is imported before anything runs; what is imported on demand has a bracket.
    for (const match of script.matchAll(/(?:from|import)\s?["']\.\/([\w.-]+\.js)["']/g)) take(match[1] as string);
  };
  for (const name of [...start, chunk]) take(name);
  return [...needed].reduce((sum, name) => {
    const file = path.join(assets, name);
    return sum + statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;
  }, 0);
}
