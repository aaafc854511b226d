import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HongtouError } from '../../models/index.ts';
import { readThroughOffice } from '../../pipeline/read/throughOffice.ts';
import { docxOf, p } from './docxOf.ts';
import { zipOf } from './zipOf.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hongtou-test-'));
  await writeFile(join(folder, 'answer.docx'), docxOf({ body: p('旧格式的通知') }).bytes);
});
afterAll(() => rm(folder, { recursive: true }));

/** A stand-in for LibreOffice: a script that gets its arguments. */
async function stubOffice(name: string, script: string): Promise<string> {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  const file = join(place, 'soffice');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return place;
}

/** The folder to write to is the argument after --outdir, the source the last one. */
const outdir = 'while [ "$1" != "--outdir" ]; do shift; done; out="$2"; source="$3"';

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof HongtouError) return error.code;
    throw error;
  }
  return 'none';
}

/** A compound file ([MS-CFB]) with one stream name and, as WordDocument, the start of a FIB. */
function compound(stream: string, flags = 0): Uint8Array {
  const bytes = Buffer.alloc(2048);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(bytes);
  bytes.writeUInt16LE(0xa5ec, 512);
  bytes.writeUInt16LE(0x00c1, 514);
  bytes.writeUInt16LE(flags, 522);
  Buffer.from(stream, 'utf16le').copy(bytes, 1024);
  return bytes;
}

describe('readThroughOffice', () => {
  const input = { fileName: '通知.doc', bytes: compound('WordDocument') };

  it('says that LibreOffice is missing where it is', async () => {
    expect(await codeOf(readThroughOffice(input, 'doc', { folders: [] }))).toBe('CONVERTER_MISSING');
  });

  it('reads what LibreOffice makes of the file, and leaves nothing behind', async () => {
    const log = join(folder, 'log');
    const script = `${outdir}; echo "$source" > ${log}; cp ${join(folder, 'answer.docx')} "$out/source.docx"`;
    const place = await stubOffice('works', script);
    const layout = await readThroughOffice(input, 'doc', { folders: [place] });
    expect(layout.pages[0]?.blocks).toMatchObject([{ text: '旧格式的通知' }]);
    expect(layout.mediaType).toBe('application/msword');
    expect(layout.diagnostics[0]?.code).toBe('converted-through-office');
    const used = (await readFile(log, 'utf8')).trim();
    await expect(readdir(join(used, '..'))).rejects.toThrow('ENOENT');
  });

  it('gives a WPS document that is a Word document to LibreOffice as one', async () => {
    const log = join(folder, 'wps-log');
    const script = `${outdir}; echo "$source" > ${log}; cp ${join(folder, 'answer.docx')} "$out/source.docx"`;
    const place = await stubOffice('wps', script);
    await readThroughOffice({ ...input, fileName: 'a.wps' }, 'wps', { folders: [place] });
    expect((await readFile(log, 'utf8')).trim()).toMatch(/source\.doc$/);
    await readThroughOffice({ fileName: 'a.wps', bytes: compound('MatOST') }, 'wps', { folders: [place] });
    expect((await readFile(log, 'utf8')).trim()).toMatch(/source\.wps$/);
  });

  it('reads a workbook of another spreadsheet as the XLSX that LibreOffice makes of it', async () => {
    const parts = [
      {
        name: 'xl/workbook.xml',
        data: '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表一" r:id="r1"/></sheets></workbook>',
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        data: '<Relationships><Relationship Id="r1" Target="s.xml"/></Relationships>',
      },
      {
        name: 'xl/s.xml',
        data: '<worksheet><sheetData><row><c t="inlineStr"><is><t>统计表</t></is></c></row></sheetData></worksheet>',
      },
    ];
    await writeFile(join(folder, 'answer.xlsx'), zipOf(parts));
    const log = join(folder, 'xls-log');
    const place = await stubOffice(
      'xls',
      `echo "$@" > ${log}; ${outdir}; cp ${join(folder, 'answer.xlsx')} "$out/source.xlsx"`,
    );
    const layout = await readThroughOffice({ fileName: 'a.et', bytes: compound('Workbook') }, 'et', {
      folders: [place],
    });
    expect(layout).toMatchObject({ mediaType: 'application/vnd.ms-excel', pages: [{ blocks: [{ text: '统计表' }] }] });
    expect(await readFile(log, 'utf8')).toMatch(/--convert-to xlsx:.* \S+source\.xls$/m);
  });

  it('calls a file damaged that LibreOffice makes nothing of', async () => {
    const place = await stubOffice('nothing', 'exit 1');
    expect(await codeOf(readThroughOffice(input, 'doc', { folders: [place] }))).toBe('FILE_DAMAGED');
  });

  it('ends a conversion that takes too long, with all that it started', async () => {
    const log = join(folder, 'pid');
    const place = await stubOffice('slow', `sleep 600 & echo $! > ${log}; wait`);
    expect(await codeOf(readThroughOffice(input, 'doc', { folders: [place], seconds: 1 }))).toBe('TIMED_OUT');
    const started = Number(await readFile(log, 'utf8'));
    // The signal has been sent; the process may need a moment to go.
    await expect.poll(() => isRunning(started), { timeout: 5000 }).toBe(false);
  });

  it('says when the document is under a password, or empty', async () => {
    const encrypted = { fileName: 'a.doc', bytes: compound('WordDocument', 0x0100) };
    expect(await codeOf(readThroughOffice(encrypted, 'doc', { folders: [] }))).toBe('FILE_ENCRYPTED');
    const empty = { fileName: 'a.doc', bytes: new Uint8Array() };
    expect(await codeOf(readThroughOffice(empty, 'doc', { folders: [] }))).toBe('FILE_EMPTY');
  });
});

async function isRunning(pid: number): Promise<boolean> {
  try {
    // A zombie that nobody waits for still has an entry.
    return !/^State:\s*Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
