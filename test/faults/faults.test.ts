import { expect, it } from 'vitest';
import { faultRun, faultsOf } from './faultRun.ts';

// The long run, with 200 files and at least 20 kills: npm run test:faults -- --long
it('loses nothing and does nothing twice when killed at random and out of room', { timeout: 180_000 }, async () => {
  const report = await faultRun(
    { files: 26, clients: 8, kills: 3, killEveryMs: 300, paceMs: 300, seed: 7 },
    () => undefined,
  );
  expect(faultsOf(report)).toEqual([]);
  expect(report.kills.server).toBeGreaterThan(0);
  expect(report.files.some((file) => file.state === 'read')).toBe(true);
  // What cannot be read fails for its own reason, not because something was killed.
  const reasons = new Set(report.files.flatMap((file) => file.problem?.code ?? []));
  expect([...reasons].sort()).toEqual(['NOT_TEXT', 'TEXT_TOO_LONG']);
});
