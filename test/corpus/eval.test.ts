import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Gold } from '../../corpus/gold.ts';
import { extractionOfGold } from './extractionOfGold.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const notices = path.join(root, 'corpus', 'notices');
let outputs: string;

beforeAll(() => {
  outputs = mkdtempSync(path.join(tmpdir(), 'hongtou-eval-'));
  for (const id of readdirSync(notices)) {
    const gold = Gold.parse(JSON.parse(readFileSync(path.join(notices, id, 'gold.json'), 'utf8')));
    mkdirSync(path.join(outputs, id));
    writeFileSync(path.join(outputs, `${gold.file}.json`), JSON.stringify(extractionOfGold(gold)));
  }
});

afterAll(() => rmSync(outputs, { recursive: true }));

function evaluate(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const command = ['--import', 'tsx', path.join(root, 'corpus', 'eval.ts'), ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
}

describe('npm run eval', () => {
  it('gives the whole corpus 1 where every output agrees with its gold', () => {
    const { status, stdout } = evaluate('--outputs', outputs, '--json', '--min', '1');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ mean: 1 });
  });

  it('ends with 1 below the least mean and lists each file that gave nothing', () => {
    const { status, stdout } = evaluate(
      notices,
      notices,
      '--outputs',
      path.join(outputs, 'none'),
      '--min',
      '0.9',
      '--misses',
    );
    expect(status).toBe(1);
    expect(stdout.match(/extract {2}no result/g)?.length).toBe(readdirSync(notices).length);
  });

  it('ends with 2 and its usage when it is called wrongly', () => {
    const { status, stderr } = evaluate('only-one-folder');
    expect(status).toBe(2);
    expect(stderr).toContain('Name both folders, or none.');
    expect(stderr).toContain('usage:');
  });
});
