import { type Diagnostic, HongtouError, type Layout, readLimits, type SourceFile } from '../../models/index.ts';
import { type ArchiveBudget, archiveBudget } from './archive.ts';
import { type FileKind, type Sniffed, sniff } from './sniff.ts';
import { readText } from './text.ts';
import type { OfficeFormat } from './throughOffice.ts';

/** What a caller may say about a file besides its bytes. */
export interface ReadOptions {
  /** The password of a protected PDF. */
  readonly password?: string;
  /** What is done with the layout of every file, and of every file inside an archive: recognition of pages without text. */
  readonly complete?: (layout: Layout, input: SourceFile) => Promise<Layout>;
}

/**
 * Reads a file of any kind into a layout. What it is is decided by its content; where its name says otherwise, a
 * diagnostic 'wrong-extension' tells so. Pages without usable text come back with `needsRecognition`.
 * @throws HongtouError FILE_EMPTY, FILE_TOO_LARGE, UNSUPPORTED_FORMAT and whatever the reader of the format throws.
 */
export async function read(input: SourceFile, options: ReadOptions = {}): Promise<Layout> {
  return readWithin(input, options, { depth: 0, budget: archiveBudget() });
}

interface Place {
  /** How many archives this file lies in. */
  readonly depth: number;
  /** What may still be unpacked, over all archives in archives. */
  readonly budget: ArchiveBudget;
}

async function readWithin(input: SourceFile, options: ReadOptions, place: Place): Promise<Layout> {
  const { fileName, bytes } = input;
  if (bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName });
  if (bytes.length > readLimits.fileBytes)
    throw new HongtouError('FILE_TOO_LARGE', { fileName, size: bytes.length, limit: readLimits.fileBytes });
  const what = await sniff(bytes);
  const read = await readKind(what, input, options, place);
  // An archive completes its files itself, when it knows which of them are read at all.
  const isOwn = place.depth === 0 && what.kind !== 'zip';
  const layout = options.complete && isOwn ? await options.complete(read, input) : read;
  const mismatch = wrongExtension(fileName, what);
  return mismatch === null ? layout : { ...layout, diagnostics: [mismatch, ...layout.diagnostics] };
}

/** Each reader is loaded when a file needs it: the libraries behind them take longer to load than a text to read. */
async function readKind(what: Sniffed, input: SourceFile, options: ReadOptions, place: Place): Promise<Layout> {
  const { fileName } = input;
  switch (what.kind) {
    case 'text':
      return readText(input);
    case 'html':
    case 'mhtml':
      return (await import('./html.ts')).readHtml(input);
    case 'pdf':
      return (await import('./pdf.ts')).readPdf(input, options);
    case 'docx':
      return (await import('./docx.ts')).readDocx(input);
    case 'ofd':
      return (await import('./ofd.ts')).readOfd(input);
    case 'xlsx':
      return (await import('./xlsx.ts')).readXlsx(input);
    case 'image':
      return (await import('./image.ts')).readImage(input);
    case 'zip':
      return (await import('./zip.ts')).readZip(input, {
        ...place,
        readMember: (member) => readWithin(member, options, { ...place, depth: place.depth + 1 }),
        ...(options.complete && { complete: options.complete }),
      });
    case 'doc':
    case 'xls':
    case 'rtf':
    case 'odt':
    case 'ods':
    case 'word-xml':
    case 'excel-xml':
    case 'uof':
      return (await import('./throughOffice.ts')).readThroughOffice(input, officeFormat(what.kind, fileName));
    case 'encrypted-office':
      throw new HongtouError('FILE_ENCRYPTED', { fileName });
    case 'unsupported':
      if (what.mediaType === 'application/octet-stream' && textEnding.test(fileName))
        throw new HongtouError('NOT_TEXT', { fileName });
      throw new HongtouError('UNSUPPORTED_FORMAT', { fileName, detail: what.english });
  }
}

/** The format as LibreOffice knows it; WPS has endings of its own for files of Microsoft's formats. */
function officeFormat(kind: OfficeKind, fileName: string): OfficeFormat {
  if (kind === 'doc' && /\.wps$/i.test(fileName)) return 'wps';
  if (kind === 'xls' && /\.et$/i.test(fileName)) return 'et';
  return {
    doc: 'doc',
    xls: 'xls',
    rtf: 'rtf',
    odt: 'odt',
    ods: 'ods',
    'word-xml': 'xml',
    'excel-xml': 'excel.xml',
    uof: 'uot',
  }[kind] as OfficeFormat;
}

type OfficeKind = 'doc' | 'xls' | 'rtf' | 'odt' | 'ods' | 'word-xml' | 'excel-xml' | 'uof';

const textEnding = /\.(?:txt|text|md|markdown)$/i;

/** What an ending promises. Word and WPS call each other's files .doc and .wps without harm. */
const endings: Readonly<Record<string, readonly FileKind[]>> = {
  pdf: ['pdf'],
  docx: ['docx', 'encrypted-office'],
  doc: ['doc'],
  wps: ['doc'],
  et: ['xls'],
  xls: ['xls'],
  xlsx: ['xlsx', 'encrypted-office'],
  ofd: ['ofd'],
  html: ['html'],
  htm: ['html'],
  shtml: ['html'],
  mht: ['mhtml'],
  mhtml: ['mhtml'],
  txt: ['text'],
  md: ['text'],
  markdown: ['text'],
  zip: ['zip'],
  rtf: ['rtf'],
  odt: ['odt'],
  ods: ['ods'],
  png: ['image'],
  jpg: ['image'],
  jpeg: ['image'],
  gif: ['image'],
  bmp: ['image'],
  tif: ['image'],
  tiff: ['image'],
  webp: ['image'],
};

function wrongExtension(fileName: string, what: Sniffed): Diagnostic | null {
  const ending = /\.([a-z\d]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase();
  const promised = ending === undefined ? undefined : endings[ending];
  if (promised === undefined || promised.includes(what.kind)) return null;
  return {
    code: 'wrong-extension',
    severity: 'info',
    message: `文件扩展名是 .${ending}，内容却是${what.chinese}，已按内容读取。`,
    page: null,
  };
}
