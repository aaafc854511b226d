import { openArchive } from './archive.ts';
import { decodeText, looksLikeText } from './decodeText.ts';

/** The kinds of files that are told apart; the ones that no reader takes are named so that a person can be told. */
export type FileKind =
  | 'pdf'
  | 'docx'
  | 'xlsx'
  | 'ofd'
  | 'html'
  | 'mhtml'
  | 'text'
  | 'zip'
  | 'image'
  /** Read through LibreOffice. */
  | 'doc'
  | 'xls'
  | 'rtf'
  | 'odt'
  | 'ods'
  | 'word-xml'
  | 'excel-xml'
  | 'uof'
  | 'encrypted-office'
  | 'unsupported';

export interface Sniffed {
  readonly kind: FileKind;
  readonly mediaType: string;
  /** What the file is, for messages to people: in English for errors … */
  readonly english: string;
  /** … and in Chinese for diagnostics. */
  readonly chinese: string;
}

const sniffed = (kind: FileKind, mediaType: string, english: string, chinese = english): Sniffed => ({
  kind,
  mediaType,
  english,
  chinese,
});

const ooxml = 'application/vnd.openxmlformats-officedocument';
const known = {
  pdf: sniffed('pdf', 'application/pdf', 'a PDF', 'PDF'),
  docx: sniffed('docx', `${ooxml}.wordprocessingml.document`, 'a Word document', 'Word 文档（docx）'),
  xlsx: sniffed('xlsx', `${ooxml}.spreadsheetml.sheet`, 'an Excel workbook', 'Excel 工作簿（xlsx）'),
  pptx: sniffed('unsupported', `${ooxml}.presentationml.presentation`, 'a PowerPoint file', '演示文稿'),
  ofd: sniffed('ofd', 'application/ofd', 'an OFD', 'OFD 版式文件'),
  odt: sniffed('odt', 'application/vnd.oasis.opendocument.text', 'an OpenDocument text', 'ODT 文档'),
  ods: sniffed('ods', 'application/vnd.oasis.opendocument.spreadsheet', 'an OpenDocument spreadsheet', 'ODS 表格'),
  epub: sniffed('unsupported', 'application/epub+zip', 'an e-book (EPUB)', 'EPUB 电子书'),
  zip: sniffed('zip', 'application/zip', 'a ZIP archive', 'ZIP 压缩包'),
  doc: sniffed('doc', 'application/msword', 'a Word or WPS document', 'Word/WPS 文档（doc）'),
  xls: sniffed('xls', 'application/vnd.ms-excel', 'an Excel workbook (xls)', 'Excel 工作簿（xls）'),
  ppt: sniffed('unsupported', 'application/vnd.ms-powerpoint', 'a PowerPoint file', '演示文稿'),
  encrypted: sniffed(
    'encrypted-office',
    'application/x-encrypted-office',
    'an encrypted Office file',
    '加密的 Office 文件',
  ),
  compound: sniffed('unsupported', 'application/x-cfb', 'an unknown compound file', '未知的复合文档'),
  rtf: sniffed('rtf', 'application/rtf', 'a rich text (RTF)', 'RTF 文档'),
  wordXml: sniffed('word-xml', 'application/x-word-xml', 'a Word document as XML', 'Word XML 文档'),
  excelXml: sniffed('excel-xml', 'application/x-excel-xml', 'an Excel workbook as XML', 'Excel XML 表格'),
  uof: sniffed('uof', 'application/x-uof', 'a UOF document', 'UOF（标文通）文档'),
  xml: sniffed('unsupported', 'application/xml', 'an XML file', 'XML 文件'),
  svg: sniffed('unsupported', 'image/svg+xml', 'a drawing (SVG)', 'SVG 图形'),
  html: sniffed('html', 'text/html', 'a web page', '网页（HTML）'),
  mhtml: sniffed('mhtml', 'multipart/related', 'a saved web page (MHTML)', '网页归档（MHTML）'),
  text: sniffed('text', 'text/plain', 'a text', '纯文本'),
  binary: sniffed('unsupported', 'application/octet-stream', 'a file of an unknown kind', '未知格式的二进制文件'),
} as const;

const image = (subtype: string): Sniffed =>
  sniffed('image', `image/${subtype}`, `a picture (${subtype.toUpperCase()})`, `图片（${subtype.toUpperCase()}）`);

/** Kinds known by their first bytes alone (latin1). */
const signatures: readonly (readonly [start: string, kind: Sniffed])[] = [
  ['\x89PNG\r\n\x1a\n', image('png')],
  ['\xff\xd8\xff', image('jpeg')],
  ['GIF87a', image('gif')],
  ['GIF89a', image('gif')],
  ['II*\0', image('tiff')],
  ['MM\0*', image('tiff')],
  ['{\\rtf', known.rtf],
  ['Rar!\x1a\x07', sniffed('unsupported', 'application/vnd.rar', 'a RAR archive', 'RAR 压缩包')],
  ['7z\xbc\xaf\x27\x1c', sniffed('unsupported', 'application/x-7z-compressed', 'a 7z archive', '7z 压缩包')],
  ['\x1f\x8b', sniffed('unsupported', 'application/gzip', 'a gzip archive', 'gzip 压缩包')],
  ['Founder CEB', sniffed('unsupported', 'application/x-ceb', 'a Founder CEB document', '方正 CEB 版式文件')],
  ['CAJ', sniffed('unsupported', 'application/x-caj', 'a CAJ document', 'CAJ 文件')],
  ['MZ', sniffed('unsupported', 'application/x-msdownload', 'a program', '可执行程序')],
  ['\x7fELF', sniffed('unsupported', 'application/x-elf', 'a program', '可执行程序')],
  ['SQLite format 3\0', sniffed('unsupported', 'application/vnd.sqlite3', 'a database', '数据库文件')],
];

/**
 * Tells what a file is by its content; the name counts for nothing, since offices send PDF as .doc, .docx as .wps and
 * web pages as .xls. Archives are told apart by their entries, compound files by their streams.
 */
export async function sniff(bytes: Uint8Array): Promise<Sniffed> {
  const head = latin1(bytes.subarray(0, 1024));
  for (const [start, kind] of signatures)
    if (head.startsWith(start)) return startsText(kind, bytes) ? known.text : kind;
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return image('webp');
  if (/^BM[\s\S]{4}\0\0\0\0/.test(head)) return image('bmp');
  if (/^....ftyp(?:hei[cfsx]|mif1|avif)/s.test(head))
    return sniffed('unsupported', 'image/heic', 'a picture (HEIC)', 'HEIC 图片');
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06') || head.startsWith('PK\x07\x08PK'))
    return sniffArchive(bytes);
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return sniffCompound(bytes);
  // ISO 32000-1, annex H, note 13: readers accept the header anywhere within the first 1024 bytes.
  if (/%PDF-\d\.\d/.test(head) && (head.startsWith('%PDF-') || latin1(bytes.subarray(0, 65_536)).includes(' obj')))
    return known.pdf;
  return sniffText(bytes);
}

/** "MZ" and "CAJ" begin Latin texts too. */
function startsText(kind: Sniffed, bytes: Uint8Array): boolean {
  return /msdownload|caj/.test(kind.mediaType) && !bytes.subarray(0, 4096).includes(0);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

async function sniffArchive(bytes: Uint8Array): Promise<Sniffed> {
  let names: readonly string[];
  let mimetype = '';
  try {
    const archive = await openArchive(bytes, 'archive');
    names = archive.entries.map((entry) => entry.name.toLowerCase());
    const stated = archive.find('mimetype');
    if (stated !== null && stated.statedSize < 200 && !stated.encrypted) mimetype = latin1(archive.read(stated));
  } catch {
    // Cut off or damaged: the local headers still name what it was; its reader says what is wrong with it.
    names = [...latin1(bytes.subarray(0, 1_000_000)).matchAll(/PK\x03\x04[\s\S]{26}([\x20-\x7e]{1,80})/g)].map((m) =>
      m[1]!.toLowerCase(),
    );
  }
  const has = (start: string): boolean => names.some((name) => name.startsWith(start));
  if (mimetype.includes('opendocument.text')) return known.odt;
  if (mimetype.includes('opendocument.spreadsheet')) return known.ods;
  if (mimetype.includes('epub')) return known.epub;
  if (has('ofd.xml')) return known.ofd;
  if (has('[content_types].xml') || has('_rels/')) {
    if (has('word/')) return known.docx;
    if (has('xl/')) return known.xlsx;
    if (has('ppt/')) return known.pptx;
  }
  return known.zip;
}

/** Compound files ([MS-CFB]) keep the names of their streams in UTF-16LE; WPS writes the streams of Word and Excel. */
function sniffCompound(bytes: Uint8Array): Sniffed {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (stream: string): boolean => buffer.includes(Buffer.from(`${stream}\0`, 'utf16le'));
  if (has('EncryptedPackage')) return known.encrypted;
  if (has('WordDocument')) return known.doc;
  if (has('Workbook') || has('Book')) return known.xls;
  if (has('PowerPoint Document')) return known.ppt;
  return known.compound;
}

function sniffText(bytes: Uint8Array): Sniffed {
  const { text } = decodeText(bytes.subarray(0, 65_536));
  if (!looksLikeText(text)) return known.binary;
  const start = text.slice(0, 8192).trimStart();
  if (startsMail(start)) return known.mhtml;
  if (/^<\?xml/i.test(start)) {
    if (/mso-application\s+progid="Word\.Document"|<w:wordDocument/i.test(start)) return known.wordXml;
    if (/mso-application\s+progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet/i.test(start))
      return known.excelXml;
    if (/<(?:uof|uof:UOF|UOF)\b/i.test(start)) return known.uof;
    if (/<svg\b/i.test(start)) return known.svg;
    if (!/<(?:!DOCTYPE\s+html|html)\b/i.test(start)) return known.xml;
    return known.html;
  }
  if (/^<svg\b/i.test(start)) return known.svg;
  return isMarkup(start) ? known.html : known.text;
}

/** The headers of a mail or of a saved page, which is written as one. */
function startsMail(start: string): boolean {
  const header = /^(?:From|MIME-Version|Date|Subject|Content-Type|Snapshot-Content-Location|X-[\w-]+):/i;
  return header.test(start) && /^Content-Type:\s*(?:multipart\/|text\/html|message\/)/im.test(start);
}

/** Whether these bytes are a saved page (MHTML) and not a page. */
export function sniffsAsMhtml(bytes: Uint8Array): boolean {
  return startsMail(
    latin1(bytes.subarray(0, 8192))
      .replace(/^\xef\xbb\xbf/, '')
      .trimStart(),
  );
}

/** A page, or the part of one; not a text or Markdown in which a table or a tag stands. */
function isMarkup(start: string): boolean {
  const first = start.replace(/^(?:<!--[\s\S]*?-->\s*)+/, '');
  if (/^<(?:!doctype\s+html|html|head|body|meta|title|frameset)\b/i.test(first)) return true;
  if (/<(?:html|body)\b[^<>]*>/i.test(first) && /<\/?(?:head|meta|title|p|div)\b/i.test(first)) return true;
  if (!/^<(?:div|p|article|section|main|table|script|style|link|center|span|h\d|form|font)\b/i.test(first))
    return false;
  // A fragment: nearly all of its lines are markup.
  const lines = first.split('\n').filter((line) => line.trim() !== '');
  const marked = lines.filter((line) => /^\s*<|>\s*$/.test(line)).length;
  return (
    marked / lines.length > 0.8 &&
    /<\/(?:p|div|section|article)>/i.test(first) &&
    !/^\s*(?:#{1,6}\s|\|.*\|)/m.test(first)
  );
}
