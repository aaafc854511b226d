import { spawn } from 'node:child_process';
import { access, constants, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HongtouError, type Layout, type SourceFile } from '../../models/index.ts';
import { holdsStream, isCompoundFile, isEncryptedWordFile } from './compoundFile.ts';
import { readDocx } from './docx.ts';
import { readXlsx } from './xlsx.ts';

const mediaTypes = {
  doc: 'application/msword',
  wps: 'application/vnd.ms-works',
  rtf: 'application/rtf',
  odt: 'application/vnd.oasis.opendocument.text',
  xml: 'application/x-word-xml',
  uot: 'application/x-uof',
  xls: 'application/vnd.ms-excel',
  et: 'application/vnd.ms-excel',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  'excel.xml': 'application/x-excel-xml',
} as const;

/** Formats of spreadsheets: they become XLSX, the others DOCX. */
const spreadsheets: ReadonlySet<string> = new Set(['xls', 'et', 'ods', 'excel.xml']);

/** Formats that LibreOffice turns into DOCX or XLSX for us, by the ending that it knows them by. */
export type OfficeFormat = keyof typeof mediaTypes;

export interface OfficeOptions {
  /** Seconds that the conversion may take; 60 where nothing is said. */
  readonly seconds?: number;
  /** Folders to look for `soffice` in; those of PATH and the usual places of installation where nothing is said. */
  readonly folders?: readonly string[];
}

/**
 * Reads a document of another word processor (.doc, .wps, .rtf, .odt) by having LibreOffice save it as DOCX, and a
 * workbook of another spreadsheet (.xls, .et, .ods) as XLSX: in a
 * folder and with a profile of its own, both removed afterwards, without a window, ended with all it started when the
 * time is up.
 *
 * @throws CONVERTER_MISSING where there is no LibreOffice, FILE_ENCRYPTED, FILE_DAMAGED where it cannot open the file,
 * TIMED_OUT, and what readDocx and readXlsx throw
 */
export async function readThroughOffice(
  input: SourceFile,
  format: OfficeFormat,
  options: OfficeOptions = {},
): Promise<Layout> {
  const converted = await convertThroughOffice(input, format, options);
  const layout = spreadsheets.has(format) ? await readXlsx(converted) : await readDocx(converted);
  return {
    ...layout,
    mediaType: mediaTypes[format],
    diagnostics: [
      {
        code: 'converted-through-office',
        severity: 'info',
        message: `文件为 .${format.split('.').at(-1)} 格式，经 LibreOffice 转换后读取。`,
        page: null,
      },
      ...layout.diagnostics,
    ],
  };
}

/**
 * The same document as DOCX, or workbook as XLSX, saved by LibreOffice; under its own name.
 *
 * @throws CONVERTER_MISSING where there is no LibreOffice, FILE_ENCRYPTED, FILE_DAMAGED where it cannot open the file,
 * TIMED_OUT
 */
export async function convertThroughOffice(
  input: SourceFile,
  format: OfficeFormat,
  options: OfficeOptions = {},
): Promise<SourceFile> {
  const { fileName, bytes } = input;
  if (bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName });
  if (isEncryptedWordFile(bytes)) throw new HongtouError('FILE_ENCRYPTED', { fileName });
  const program = await findSoffice(options.folders ?? usualFolders());
  if (program === null) throw new HongtouError('CONVERTER_MISSING', { fileName, format: `.${format}` });

  const folder = await mkdtemp(join(tmpdir(), 'hongtou-office-'));
  try {
    // WPS Writer saves Word's own format under the name .wps, which LibreOffice would take for Microsoft Works'.
    const ending = isCompoundFile(bytes) ? compoundEnding(bytes, format) : format;
    const source = join(folder, `source.${ending}`);
    await writeFile(source, bytes);
    const seconds = options.seconds ?? 60;
    const target = spreadsheets.has(format) ? 'xlsx' : 'docx';
    const ended = await runConversion(program, folder, source, { seconds, target });
    if (ended === 'timed-out') throw new HongtouError('TIMED_OUT', { fileName, seconds });
    const converted = (await readdir(folder)).find((name) => name.endsWith(`.${target}`));
    if (converted === undefined) {
      throw new HongtouError('FILE_DAMAGED', { fileName, reason: `LibreOffice could not open it as .${format}` });
    }
    return { fileName, bytes: await readFile(join(folder, converted)) };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function runConversion(
  program: string,
  folder: string,
  source: string,
  { seconds, target }: { readonly seconds: number; readonly target: 'docx' | 'xlsx' },
): Promise<'ended' | 'timed-out'> {
  const child = spawn(
    program,
    [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
      '--headless',
      '--norestore',
      '--nolockcheck',
      '--convert-to',
      target === 'docx' ? 'docx:MS Word 2007 XML' : 'xlsx:Calc MS Excel 2007 XML',
      '--outdir',
      folder,
      source,
    ],
    // A group of its own: soffice is a script that starts the program proper.
    { stdio: 'ignore', detached: true },
  );
  return new Promise((resolve) => {
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) endGroup(child.pid);
    }, seconds * 1000);
    const finish = () => {
      clearTimeout(timer);
      resolve(timedOut ? 'timed-out' : 'ended');
    };
    child.once('error', finish);
    child.once('exit', finish);
  });
}

/** WPS saves the formats of Microsoft's programs under names of its own. */
function compoundEnding(bytes: Uint8Array, format: OfficeFormat): OfficeFormat {
  if (holdsStream(bytes, 'WordDocument')) return 'doc';
  return format === 'et' ? 'xls' : format;
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}

function usualFolders(): readonly string[] {
  return [
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
    '/usr/lib/libreoffice/program',
    '/opt/libreoffice/program',
    '/Applications/LibreOffice.app/Contents/MacOS',
    'C:\\Program Files\\LibreOffice\\program',
  ];
}

async function findSoffice(folders: readonly string[]): Promise<string | null> {
  const names = process.platform === 'win32' ? ['soffice.com', 'soffice.exe'] : ['soffice', 'libreoffice'];
  for (const folder of folders) {
    for (const name of names) {
      const path = join(folder, name);
      try {
        await access(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  return null;
}
