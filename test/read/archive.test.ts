import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { HongtouError, readLimits } from '../../models/index.ts';
import { archiveBudget, openArchive } from '../../pipeline/read/archive.ts';
import { zipOf } from './zipOf.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const gbk = (name: string) => iconv.encode(name, 'gbk');

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof HongtouError) return error.code;
    throw error;
  }
  return 'none';
}

async function readFirst(bytes: Uint8Array): Promise<Uint8Array> {
  const archive = await openArchive(bytes, '材料.zip');
  const [first] = archive.entries;
  if (first === undefined) throw new Error('no entry');
  return archive.read(first);
}

describe('openArchive', () => {
  it('reads deflated and stored entries', async () => {
    const archive = await openArchive(
      zipOf([
        { name: 'a.txt', data: '关于开展燃气安全检查的通知' },
        { name: 'b/c.txt', data: '附件', stored: true },
      ]),
      '材料.zip',
    );
    expect(archive.entries.map((entry) => text(archive.read(entry)))).toEqual(['关于开展燃气安全检查的通知', '附件']);
  });

  it('decodes names in GBK where nothing says UTF-8', async () => {
    const archive = await openArchive(
      zipOf([
        { name: gbk('附件1 统计表.xlsx'), data: 'x' },
        { name: gbk('联通.txt'), data: 'y' },
      ]),
      '材料.zip',
    );
    expect(archive.entries.map((entry) => entry.name)).toEqual(['附件1 统计表.xlsx', '联通.txt']);
  });

  it('decodes names in UTF-8 that the flag does not announce', async () => {
    const archive = await openArchive(
      zipOf([
        { name: Buffer.from('附件.docx'), data: 'x' },
        { name: Buffer.from('通知.docx'), data: 'y' },
      ]),
      '材料.zip',
    );
    expect(archive.entries.map((entry) => entry.name)).toEqual(['附件.docx', '通知.docx']);
  });

  it('finds a path by exact spelling first, then without regard to case, slashes and dots', async () => {
    const archive = await openArchive(
      zipOf([
        { name: 'Doc_0/Document.xml', data: 'upper' },
        { name: 'doc_0/document.xml', data: 'lower' },
      ]),
      'a.ofd',
    );
    const at = (path: string) => {
      const entry = archive.find(path);
      return entry === null ? null : text(archive.read(entry));
    };
    expect(at('doc_0/document.xml')).toBe('lower');
    expect(at('/DOC_0/./Pages/../Document.XML')).toBe('upper');
    expect(at('Doc_0\\Document.xml')).toBe('upper');
    expect(at('../../Doc_0/Document.xml')).toBe('upper');
    expect(at('Doc_0/Nothing.xml')).toBeNull();
  });

  it('leaves out entries whose path leaves the archive, and says so', async () => {
    const archive = await openArchive(
      zipOf([
        { name: '../../etc/passwd', data: 'x' },
        { name: 'C:\\windows\\a.txt', data: 'x' },
        { name: '/abs/b.txt', data: 'inside' },
      ]),
      'a.zip',
    );
    expect(archive.entries.map((entry) => entry.name)).toEqual(['abs/b.txt']);
    expect(archive.diagnostics.map((item) => item.code)).toEqual(['archive-path-outside', 'archive-path-outside']);
  });

  it('takes the later of two entries of one name, and says so', async () => {
    const archive = await openArchive(
      zipOf([
        { name: 'a.xml', data: 'first' },
        { name: './a.xml', data: 'second' },
      ]),
      'a.zip',
    );
    expect(archive.entries.map((entry) => text(archive.read(entry)))).toEqual(['second']);
    expect(archive.diagnostics.map((item) => item.code)).toEqual(['archive-duplicate-entry']);
  });

  it('reads an archive that a server appended bytes to', async () => {
    const bytes = Buffer.concat([zipOf([{ name: 'a', data: 'whole' }], '说明'), Buffer.from('\r\n<!-- cached -->')]);
    expect(text(await readFirst(bytes))).toBe('whole');
  });

  it('refuses a truncated archive', async () => {
    const whole = zipOf([{ name: 'a', data: 'x'.repeat(1000), stored: true }]);
    expect(await codeOf(() => openArchive(whole.subarray(0, 600), 'a.zip'))).toBe('FILE_DAMAGED');
  });

  it('refuses a directory that points outside the file', async () => {
    const bytes = Buffer.from(zipOf([{ name: 'a', data: 'x' }]));
    bytes.writeUInt32LE(1 << 30, bytes.length - 6);
    expect(await codeOf(() => openArchive(bytes, 'a.zip'))).toBe('FILE_DAMAGED');
  });

  it('refuses an entry whose checksum is wrong', async () => {
    expect(await codeOf(() => readFirst(zipOf([{ name: 'a', data: 'x', crc: 1 }])))).toBe('FILE_DAMAGED');
  });

  it('says when an entry is encrypted', async () => {
    const bytes = zipOf([{ name: 'a', data: 'x', flags: 0x801 }]);
    const archive = await openArchive(bytes, 'a.zip');
    expect(archive.entries.map((entry) => entry.encrypted)).toEqual([true]);
    expect(await codeOf(() => readFirst(bytes))).toBe('FILE_ENCRYPTED');
  });

  it('stops at a bomb whose stated size lies', async () => {
    const bytes = zipOf([{ name: 'a.xml', data: Buffer.alloc(40 * 1024 * 1024), statedSize: 10 }]);
    expect(bytes.length).toBeLessThan(100_000);
    expect(await codeOf(() => readFirst(bytes))).toBe('LIMIT_EXCEEDED');
  });

  it('reads a small entry however well it packs', async () => {
    const blank = '<w:tc/>'.repeat(100_000);
    expect(text(await readFirst(zipOf([{ name: 'a.xml', data: blank }])))).toBe(blank);
  });

  it('counts unpacked bytes over all entries, and over archives inside archives that share a budget', async () => {
    const part = (name: string) => ({ name, data: 'x'.repeat(60_000) });
    const inner = zipOf([part('c')]);
    const budget = { ...archiveBudget(), bytes: 150_000 };
    const outer = await openArchive(zipOf([part('a'), { name: 'b.zip', data: inner, stored: true }]), 'o.zip', budget);
    const [first, nested] = outer.entries;
    if (first === undefined || nested === undefined) throw new Error('entries missing');
    outer.read(first);
    const archive = await openArchive(outer.read(nested), 'b.zip', budget);
    const [last] = archive.entries;
    if (last === undefined) throw new Error('entry missing');
    archive.read(last);
    expect(budget.bytes).toBe(150_000 - 120_000 - inner.length);
    expect(await codeOf(() => archive.read(last))).toBe('LIMIT_EXCEEDED');
  });

  it('refuses more entries than the limit', async () => {
    const parts = Array.from({ length: readLimits.archiveEntries + 1 }, (_, i) => ({ name: `${i}`, data: '' }));
    expect(await codeOf(() => openArchive(zipOf(parts), 'a.zip'))).toBe('LIMIT_EXCEEDED');
  });
});
