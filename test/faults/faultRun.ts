import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, type Job, type LibraryFile } from '../../models/api/library.ts';
import { openLibrary } from '../../server/library.ts';
import { packageRoot } from '../../server/packageRoot.ts';
import type { CheckReport } from '../../server/store/store.ts';

export interface FaultPlan {
  readonly files: number;
  readonly clients: number;
  readonly kills: number;
  /** Mean time between two kills. */
  readonly killEveryMs: number;
  /** Mean time that a client waits before its next file, so that there are uploads throughout. */
  readonly paceMs: number;
  readonly seed: number;
}

export interface FaultReport {
  readonly kills: { readonly server: number; readonly readers: number };
  readonly fullDisk: 'mounted' | 'injected';
  /** Uploads that were answered with 507 while the disk was full. */
  readonly refusedWhileFull: number;
  readonly accepted: ReadonlySet<string>;
  readonly expected: ReadonlySet<string>;
  readonly files: readonly LibraryFile[];
  readonly jobs: readonly Job[];
  readonly check: CheckReport;
  readonly seconds: number;
}

/**
 * Uploads mixed files from several clients while the server and its readers are killed at random and the disk is full
 * for a while; then lets the server finish and looks at what is there.
 */
export async function faultRun(plan: FaultPlan, say: (line: string) => void): Promise<FaultReport> {
  const begun = performance.now();
  const random = generator(plan.seed);
  const disk = await smallDisk();
  const data = path.join(disk.folder, 'library');
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const kills = { server: 0, readers: 0 };
  let isFull = false;
  let refusedWhileFull = 0;

  let server = start(data, port, disk.marker);
  /** Fills the disk up to the last block, with a file of nothing. */
  const fill = async () => {
    isFull = true;
    await disk.fill();
  };
  const empty = async () => {
    await disk.empty();
    isFull = false;
  };

  const work = mixedFiles(plan.files);
  const accepted = new Set<string>();
  let next = 0;
  const client = async () => {
    while (next < work.length) {
      const file = work[next];
      next += 1;
      if (file === undefined) return;
      await sleep(plan.paceMs * 2 * random());
      while (true) {
        const form = new FormData();
        form.append('files', new Blob([file.bytes]), file.name);
        const response = await fetch(`${address}/api/files`, { method: 'POST', body: form }).catch(() => undefined);
        if (response?.status === 202) {
          accepted.add(file.sha256);
          break;
        }
        if (response?.status === 507 && isFull) refusedWhileFull += 1;
        else if (response !== undefined && response.status < 500) {
          throw new Error(`${file.name} was answered with ${response.status}: ${await response.text()}`);
        }
        await sleep(50 + random() * 100);
      }
    }
  };

  const fullAfter = Math.floor(plan.kills / 4);
  const killer = async () => {
    for (let kill = 0; kill < plan.kills; kill += 1) {
      // From when it works, or it would be killed before it did anything.
      await answering(address);
      await sleep(plan.killEveryMs * (0.5 + random()));
      const readers = childrenOf(server);
      const reader = readers[Math.floor(random() * readers.length)];
      if (reader !== undefined && random() < 0.4) {
        killIfThere(reader);
        kills.readers += 1;
      } else {
        const ended = once(server, 'exit');
        server.kill('SIGKILL');
        await ended;
        kills.server += 1;
        server = start(data, port, disk.marker);
      }
      if (kill === fullAfter) {
        await answering(address);
        await fill();
        // Until somebody has noticed, or has nothing more to send.
        for (let waited = 0; waited < 3_000 && refusedWhileFull === 0 && next < work.length; waited += 50)
          await sleep(50);
        await empty();
        say(`disk full: ${refusedWhileFull} uploads refused`);
      }
    }
  };
  try {
    await Promise.all([killer(), ...Array.from({ length: plan.clients }, client)]);
    say(`${accepted.size} files accepted; ${kills.server} times the server and ${kills.readers} times a reader killed`);
    const { files, jobs } = await finished(address);
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
    const library = await openLibrary({ data, keepDeletedDays: 30 });
    const check = await library.store.check();
    await library.close();
    return {
      kills,
      fullDisk: disk.kind,
      refusedWhileFull,
      accepted,
      expected: new Set(work.map((file) => file.sha256)),
      files,
      jobs,
      check,
      seconds: (performance.now() - begun) / 1_000,
    };
  } finally {
    server.kill('SIGKILL');
    await disk.remove();
  }
}

function start(data: string, port: number, marker: string | undefined): ChildProcess {
  const entry = path.join(packageRoot, 'test/faults/serverProcess.ts');
  return spawn(process.execPath, ['--import', 'tsx', entry, '--port', String(port), '--data', data], {
    cwd: packageRoot,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      HONGTOU_LEASE_SECONDS: '2',
      HONGTOU_WORKERS: '2',
      HONGTOU_LOG_LEVEL: 'silent',
      HONGTOU_REQUESTS_PER_MINUTE: '1000000',
      ...(marker !== undefined && { FAULTS_FULL: marker }),
    },
  });
}

async function answering(address: string): Promise<void> {
  while (!(await fetch(`${address}/health`).catch(() => undefined))?.ok) await sleep(50);
}

/** Everything that is there when no job is open any more. */
async function finished(address: string): Promise<{ files: readonly LibraryFile[]; jobs: readonly Job[] }> {
  await answering(address);
  while (true) {
    const jobs = await all<Job>(`${address}/api/jobs`);
    if (jobs.every((job) => isFinal(job.state))) return { jobs, files: await all<LibraryFile>(`${address}/api/files`) };
    await sleep(200);
  }
}

async function all<T>(address: string): Promise<readonly T[]> {
  const items: T[] = [];
  while (true) {
    const response = await fetch(`${address}?limit=500&offset=${items.length}`);
    const page = (await response.json()) as { readonly items: readonly T[]; readonly total: number };
    items.push(...page.items);
    if (items.length >= page.total) return items;
  }
}

interface MixedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

/** Short and long notices, some sent twice, some that cannot be read. */
function mixedFiles(count: number): readonly MixedFile[] {
  const paragraph =
    '各单位要认真开展燃气安全检查，重点检查是否存在违规充装、无证经营等行为，并于2025年6月30日前报送总结。\n';
  return Array.from({ length: count }, (_, index) => {
    // Each tenth is the one before it once more.
    const id = index % 10 === 9 ? index - 1 : index;
    const long = 1 + (id % 7) * (id % 5) * 10;
    const bytes =
      id % 13 === 5
        ? Uint8Array.from({ length: 4_000 }, (_, at) => (at * 7919 + id) % 251)
        : id % 17 === 3
          ? new TextEncoder().encode(`第${id}份${'检'.repeat(2_100_000)}`)
          : new TextEncoder().encode(
              `浅川县安全生产委员会关于开展第${id}次检查的通知\n各乡镇人民政府：\n${paragraph.repeat(long)}`,
            );
    return { name: `第${index}份通知.txt`, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
}

interface SmallDisk {
  readonly folder: string;
  readonly kind: 'mounted' | 'injected';
  /** While this file exists, the server must believe that its disk is full; only where none could be mounted. */
  readonly marker: string | undefined;
  fill(): Promise<void>;
  empty(): Promise<void>;
  remove(): Promise<void>;
}

/** A disk of 256 MB in memory; without the right to mount one, a folder and a marker. */
async function smallDisk(): Promise<SmallDisk> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hongtou-faults-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    const inside = path.join(folder, 'disk');
    await mkdir(inside);
    const marker = path.join(folder, 'full');
    return {
      folder: inside,
      kind: 'injected',
      marker,
      fill: () => writeFile(marker, ''),
      empty: () => rm(marker),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const filler = path.join(folder, 'filler');
  return {
    folder,
    kind: 'mounted',
    marker: undefined,
    async fill() {
      // Others write meanwhile, and free space again: fill until nothing fits.
      const block = new Uint8Array(64 * 1024);
      for (let attempt = 0; attempt < 20; attempt += 1) {
        const { bavail, bsize } = statfsSync(folder);
        if (bavail === 0) break;
        await writeFile(filler, new Uint8Array(bavail * bsize), { flag: 'a' }).catch(() => undefined);
        await writeFile(filler, block, { flag: 'a' }).catch(() => undefined);
      }
    },
    empty: () => rm(filler, { force: true }),
    async remove() {
      execFileSync('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Process numbers of the children, as Linux tells them. */
function childrenOf(process: ChildProcess): readonly number[] {
  const file = `/proc/${process.pid}/task/${process.pid}/children`;
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It had ended by itself.
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

/** Mulberry32: the same plan goes the same way, as far as two processes ever do. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What is wrong with the end of a run, in words; empty: nothing. */
export function faultsOf(report: FaultReport): readonly string[] {
  const faults: string[] = [...report.check.faults];
  const present = new Map(report.files.map((file) => [file.fileId, file]));
  for (const sha256 of report.expected) if (!report.accepted.has(sha256)) faults.push(`${sha256} was never accepted`);
  for (const sha256 of report.accepted) if (!present.has(sha256)) faults.push(`${sha256} was accepted and is gone`);
  if (present.size !== report.files.length) faults.push('a file stands in the list twice');
  for (const file of report.files) {
    if (!report.expected.has(file.fileId)) faults.push(`${file.fileId} was never sent`);
    const done = report.jobs.filter((job) => job.fileId === file.fileId && job.state === 'done').length;
    if (file.state === 'waiting') faults.push(`${file.fileName} is neither read nor failed`);
    if (file.state === 'read' && done !== 1) faults.push(`${file.fileName} was done ${done} times`);
    if (file.state === 'failed' && (file.problem === null || done !== 0))
      faults.push(`${file.fileName} failed without a reason`);
  }
  return faults;
}
