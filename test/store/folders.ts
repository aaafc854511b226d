import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

/** A new empty folder that goes away with the test file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hongtou-test-'));
  if (made.length === 0) {
    afterAll(async () => {
      for (const each of made) await rm(each, { recursive: true, force: true });
    });
  }
  made.push(folder);
  return folder;
}
