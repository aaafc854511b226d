#!/usr/bin/env node
// Writes that wait for the disk must not hold up those who read: the pool of threads that both use begins with its first
// work, which the loading of a module would be already, so this file is none.
process.env.UV_THREADPOOL_SIZE ??= '16';
import('../dist/server/cli.js')
  .then(({ main }) => main(process.argv.slice(2)))
  .then((status) => {
    process.exitCode = status;
  });
