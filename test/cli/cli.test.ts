import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Extraction } from '../../models/index.ts';
import { loadConfig } from '../../server/config.ts';
import { openLibrary } from '../../server/library.ts';
import { readNotices } from '../../server/namedNotices.ts';
import { packageRoot } from '../../server/packageRoot.ts';
import { run } from '../runCommand.ts';
import { temporaryFolder } from '../store/folders.ts';

const text = '浅川县教育局关于开展校园食堂安全检查的通知\n各中小学：\n请于2025年4月30日前报送自查报告。\n';
let folder: string;
let good: string;
let other: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  good = path.join(folder, '通知.txt');
  other = path.join(folder, '另一份.txt');
  await writeFile(good, text);
  await writeFile(other, '浅川县教育局关于消防检查的意见\n各中小学：\n请认真执行。\n');
});

describe('hongtou extract', () => {
  it('prints one object for one file and nothing else', async () => {
    const { status, out, err } = await run('extract', good, '--json');
    expect(status).toBe(0);
    expect(err).toEqual([]);
    const extraction = Extraction.parse(JSON.parse(out));
    expect(extraction.source).toMatchObject({ fileName: '通知.txt', mediaType: 'text/plain' });
    expect(out.endsWith('}\n')).toBe(true);
  });

  it('prints one object a line for several', async () => {
    const { status, out } = await run('extract', '--json', good, other);
    expect(status).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => Extraction.parse(JSON.parse(line)).source.fileName)).toEqual(['通知.txt', '另一份.txt']);
  });

  it('tells people the facts in Chinese with the place of each', async () => {
    const { status, out } = await run('extract', good);
    expect(status).toBe(0);
    expect(out).toMatch(/标题　*浅川县教育局关于开展校园食堂安全检查的通知 *［第 1 页，\d+–\d+：“/);
    expect(out).toContain('时限要求');
  });

  it('reports what it cannot read and goes on', async () => {
    const missing = path.join(folder, 'missing.txt');
    const { status, out, err } = await run('extract', '--json', missing, good, folder);
    expect(status).toBe(1);
    expect(JSON.parse(out).source.fileName).toBe('通知.txt');
    expect(err).toHaveLength(2);
    expect(err[0]).toContain(missing);
    expect(err[0]).toContain('does not exist');
    expect(err[1]).toContain('is a folder');
  });
});

describe('Bad input', () => {
  const cases: readonly [string, string, () => string | Uint8Array, RegExp][] = [
    ['an empty file', 'empty.txt', () => '', /is empty/],
    ['white space alone', 'blank.txt', () => ' \n\t\n　\n', /holds no text/],
    [
      'binary data named .txt',
      'binary.txt',
      () => Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251),
      /binary/,
    ],
    [
      'a picture named .txt',
      'picture.txt',
      () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, ...Array(500).fill(0)]),
      /\S/,
    ],
    ['50 MB of text', 'large.txt', () => Buffer.alloc(50 * 1024 * 1024, '通知\n'), /52428800 bytes/],
    ['a line of five million characters', 'long.txt', () => '检'.repeat(5_000_000), /5000000 characters/],
    ['control characters', 'control.txt', () => '\u0001\u0002\u0003\u0007\u001b[2J'.repeat(500), /binary/],
  ];
  for (const [what, name, content, message] of cases) {
    it(`is told in one line: ${what}`, async () => {
      const file = path.join(await temporaryFolder(), name);
      await writeFile(file, content());
      const { status, out, err } = await run('extract', '--json', file);
      expect({ status, out, lines: err.length }).toEqual({ status: 1, out: '', lines: 1 });
      expect(err[0]).toContain(name);
      expect(err[0]).toMatch(message);
      expect(err[0]).not.toMatch(/fault of the program|\n/);
    });
  }

  it('leaves control characters in a good text out of what is read', async () => {
    const file = path.join(await temporaryFolder(), 'mixed.txt');
    await writeFile(file, text.replace('关于', '\u0007关\u0001于\u001b[2J'));
    const { status, out } = await run('extract', '--json', file);
    expect(status).toBe(0);
    expect(Extraction.parse(JSON.parse(out)).text).not.toMatch(/[\u0000-\u0008\u000e-\u001f]/);
  });

  it('does not move the cursor by its name', async () => {
    const { err } = await run('extract', path.join(folder, 'x\u001b[2J\u202e.txt'));
    expect(err[0]).toMatch(/does not exist/);
    const { printable } = await import('../../server/io.ts');
    expect(printable(err[0] ?? '')).not.toMatch(/[\u001b\u202e]/);
    expect(printable('通知\n“a”')).toBe('通知\n“a”');
  });
});

describe('hongtou', () => {
  it('ends with 2 for wrong usage, and says what is right', async () => {
    for (const argv of [
      [],
      ['nothing'],
      ['constructor'],
      ['extract'],
      ['extract', '--no-such', good],
      ['serve', '--port', 'x'],
      ['serve', 'x'],
      ['serve', '--host', '0.0.0.0'],
      ['check', '--data'],
    ]) {
      const { status, out, err } = await run(...argv);
      expect({ argv, status, out }).toEqual({ argv, status: 2, out: '' });
      expect(err.join('\n')).toMatch(/extract|serve|check/);
    }
  });

  it('helps', async () => {
    const { status, out, err } = await run('help');
    expect({ status, err }).toEqual({ status: 0, err: [] });
    for (const word of ['hongtou extract FILE...', 'hongtou serve', 'HONGTOU_TOKEN', 'HONGTOU_TIMEOUT_SECONDS'])
      expect(out).toContain(word);
    expect((await run('extract', '--help')).out).toContain('hongtou extract FILE... [--json]');
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('stops in silence when nobody reads on', async () => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--input-type=module',
        '-e',
        `
      import { main } from ${JSON.stringify(path.join(packageRoot, 'server/cli.ts'))};
      process.exitCode = await main(['extract', '--json', ...Array(200).fill(${JSON.stringify(good)})]);
    `,
      ],
      { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let err = '';
    child.stderr.on('data', (part) => {
      err += part;
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [status, signal] = await once(child, 'exit');
    expect({ status, signal, err }).toEqual({ status: 0, signal: null, err: '' });
  });
});

describe('hongtou ingest', () => {
  it('stores a folder, reads it, and knows it the second time', async () => {
    const data = path.join(await temporaryFolder(), 'library');
    const source = await temporaryFolder();
    await mkdir(path.join(source, '下级'));
    await writeFile(path.join(source, '一.txt'), text);
    await writeFile(path.join(source, '下级', '二.txt'), '浅川县关于燃气安全的通知\n');
    await writeFile(path.join(source, '下级', '三.txt'), text);
    await writeFile(path.join(source, '.hidden'), 'x');
    await symlink(source, path.join(source, '下级', 'loop'));
    const first = await run('ingest', source, '--data', data, '--json');
    expect({ status: first.status, err: first.err }).toEqual({ status: 0, err: [] });
    const lines = first.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => [path.basename(line.path), line.file.state]).sort()).toEqual([
      ['一.txt', 'read'],
      ['三.txt', 'read'],
      ['二.txt', 'read'],
    ]);
    expect(lines.filter((line) => line.isNew)).toHaveLength(2);
    const second = await run('ingest', path.join(source, '一.txt'), '--data', data, '--json');
    expect(JSON.parse(second.out)).toMatchObject({ isNew: false, file: { state: 'read' } });
    expect((await run('check', '--data', data)).out).toContain('2 files, 2 extractions, 0 faults');
  });

  it('reports each broken file, stores the good ones, and nothing by halves', async () => {
    const data = path.join(await temporaryFolder(), 'library');
    const source = await temporaryFolder();
    await writeFile(path.join(source, 'a.txt'), text);
    await writeFile(path.join(source, 'empty.txt'), '');
    await writeFile(path.join(source, 'long.txt'), '检'.repeat(5_000_000));
    const missing = path.join(source, 'missing');
    const { status, err } = await run('ingest', source, missing, '--data', data);
    expect(status).toBe(1);
    expect(err).toHaveLength(3);
    expect(err.join('\n')).toMatch(
      /empty\.txt.*is empty[\s\S]*missing.*does not exist[\s\S]*long\.txt.*5000000 characters/u,
    );
    const library = await openLibrary({ data, keepDeletedDays: 30 });
    const { items } = await library.store.listFiles({ deleted: false, limit: 10, offset: 0 });
    expect(items.map((file) => [file.fileName, file.state, file.noticeCount])).toEqual([
      ['long.txt', 'failed', 0],
      ['a.txt', 'read', 1],
    ]);
    expect((await library.store.check()).faults).toEqual([]);
    expect(await readdir(path.join(data, 'incoming'))).toEqual([]);
    await library.close();
  });
});

describe('A notice of the library', () => {
  it('is found by its id or the beginning of it, where a file would be named', async () => {
    const data = path.join(await temporaryFolder(), 'library');
    const id = JSON.parse((await run('ingest', good, '--data', data, '--json')).out).file.fileId;
    const loaded = loadConfig({ data }, {});
    if (!loaded.ok) throw new Error(loaded.explanation);
    const find = (argument: string) => readNotices(argument, loaded.config, new AbortController().signal);
    for (const argument of [id, id.slice(0, 8), `${id.slice(0, 12)}#n1`]) {
      expect(await find(argument)).toMatchObject({ fileName: '通知.txt', notices: [{ id: 'n1' }] });
    }
    await expect(find('0'.repeat(12))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(find(id.slice(0, 5))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});

describe('hongtou backup, restore and check', () => {
  it('carry a library elsewhere', async () => {
    const parent = await temporaryFolder();
    const [data, copy, restored] = ['library', 'copy', 'restored'].map((name) => path.join(parent, name)) as [
      string,
      string,
      string,
    ];
    await run('ingest', good, '--data', data);
    expect((await run('backup', copy, '--data', data)).status).toBe(0);
    expect((await run('backup', copy, '--data', data)).status).toBe(1);
    expect(await run('restore', copy, '--data', restored)).toMatchObject({ status: 0, err: [] });
    expect((await run('restore', copy, '--data', restored)).err[0]).toContain('not empty');
    const library = await openLibrary({ data: restored, keepDeletedDays: 30 });
    const [file] = (await library.store.listFiles({ deleted: false, limit: 1, offset: 0 })).items;
    await writeFile(await library.store.originalPath(file?.fileId ?? ''), 'changed');
    await library.close();
    const check = await run('check', '--data', restored);
    expect(check.status).toBe(1);
    expect(check.err[0]).toContain('its original was changed');
  });
});
