import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * The server as it is, in a process that can be killed. Where no small disk can be mounted, `FAULTS_FULL` names a file:
 * while it exists, opening files for writing fails as on a full disk.
 */
const marker = process.env.FAULTS_FULL;
if (marker !== undefined) {
  const full = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', errno: -28 });
  const { open } = fs;
  const { copyFile } = fs.promises;
  const isWriting = (flags: unknown) => typeof flags === 'string' && /[wa+]/.test(flags);
  fs.open = Object.assign((...args: Parameters<typeof open>) => {
    const done = args.at(-1);
    if (isWriting(args[1]) && typeof done === 'function' && fs.existsSync(marker)) {
      process.nextTick(() => Reflect.apply(done, undefined, [full()]));
    } else open(...args);
  }, open);
  fs.promises.copyFile = (...args) => (fs.existsSync(marker) ? Promise.reject(full()) : copyFile(...args));
  syncBuiltinESMExports();
}

const { main } = await import('../../server/cli.ts');
process.exitCode = await main(['serve', ...process.argv.slice(2)]);
