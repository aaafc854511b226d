#!/usr/bin/env node
// Two settings hold for a process from its start on, before any module is loaded, so this file is none.

// Writes that wait for the disk must not hold up those who read: the pool of threads that both use begins with its first
// work, which the loading of a module would be already.
process.env.UV_THREADPOOL_SIZE ??= '16';

// Pictures of pages are buffers of megabytes, made and dropped in turn. glibc keeps such memory for later unless it is
// told otherwise (mallopt(3)), and asks its environment once, when a process starts: a scan of 300 pages takes a fifth
// less so. Commands that may recognise pages run in a second process for this; the readers of the server are told alike.
const returnMemory = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };
const recognising = ['extract', 'compare', 'matrix', 'template'];

if (process.platform === 'linux' && !process.env.MALLOC_MMAP_THRESHOLD_ && recognising.includes(process.argv[2])) {
  const { spawn } = require('node:child_process');
  const execArgv = process.execArgv.filter((flag) => !flag.startsWith('--inspect'));
  const child = spawn(process.execPath, [...execArgv, __filename, ...process.argv.slice(2)], {
    env: { ...process.env, ...returnMemory },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal sends SIGINT to both processes, and it must count once; a second one is for those who will not wait.
  process.once('SIGINT', () => {
    if (child.connected) child.send('stop', () => {});
    process.on('SIGINT', () => child.kill('SIGKILL'));
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`hongtou: no second process could be started: ${error.message}.`);
    process.exitCode = 1;
  });
  child.on('exit', (status, signal) => {
    process.exitCode = status ?? 1;
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
} else {
  if (process.channel && process.env.MALLOC_MMAP_THRESHOLD_) {
    let isStopped = false;
    process.on('SIGINT', () => {
      // The command does not listen yet.
      if (!isStopped && process.listenerCount('SIGINT') === 1) process.exit(130);
      isStopped = true;
    });
    process.on('message', () => isStopped || process.emit('SIGINT'));
    // Nobody waits for the result any more.
    process.on('disconnect', () => process.exit(1));
    process.channel.unref();
  }
  import('../dist/server/cli.js')
    .then(({ main }) => main(process.argv.slice(2)))
    .then((status) => {
      process.exitCode = status;
    });
}
