import iconv from 'iconv-lite';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { HongtouError } from '../../models/index.ts';
import { read } from '../../pipeline/read/index.ts';
import { type FileKind, sniff } from '../../pipeline/read/sniff.ts';
import { zipOf } from './zipOf.ts';

const zip = (...names: string[]): Uint8Array => zipOf(names.map((name) => ({ name, data: 'x' })));
const compound = (...streams: string[]): Uint8Array =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1016),
    ...streams.map((name) => Buffer.from(`${name}\0`, 'utf16le')),
  ]);
const bytes = (text: string): Uint8Array => Buffer.from(text);
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('the kind of a file is told by its content', () => {
  const cases: [reason: string, content: Uint8Array, kind: FileKind][] = [
    ['PDF', bytes('%PDF-1.7\n%'), 'pdf'],
    ['PDF after the headers of a server', bytes('HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj'), 'pdf'],
    ['a text about PDF', bytes('请提交 %PDF-1.4 格式的文件'), 'text'],
    ['DOCX', zip('[Content_Types].xml', 'word/document.xml'), 'docx'],
    ['DOCX whose types come last', zip('word/document.xml', '_rels/.rels', '[Content_Types].xml'), 'docx'],
    ['DOCX that is cut off', zip('[Content_Types].xml', 'word/document.xml').subarray(0, 130), 'docx'],
    ['XLSX', zip('[Content_Types].xml', 'xl/workbook.xml'), 'xlsx'],
    ['PPTX', zip('[Content_Types].xml', 'ppt/presentation.xml'), 'unsupported'],
    ['OFD', zip('OFD.xml', 'Doc_0/Document.xml'), 'ofd'],
    ['OFD with small letters', zip('ofd.xml'), 'ofd'],
    ['ODT', zipOf([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', stored: true }]), 'odt'],
    ['ODS', zipOf([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true }]), 'ods'],
    ['ZIP of files', zip('通知.docx', '附件1.xlsx'), 'zip'],
    ['ZIP of nothing', zipOf([]), 'zip'],
    ['DOC', compound('Root Entry', 'WordDocument'), 'doc'],
    ['WPS, which writes the streams of Word', compound('WordDocument', 'WpsCustomData'), 'doc'],
    ['XLS', compound('Workbook'), 'xls'],
    ['encrypted DOCX', compound('EncryptionInfo', 'EncryptedPackage'), 'encrypted-office'],
    ['PPT', compound('PowerPoint Document'), 'unsupported'],
    ['RTF', bytes('{\\rtf1\\ansi'), 'rtf'],
    [
      'Word as XML',
      bytes('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'),
      'word-xml',
    ],
    ['Excel as XML', bytes('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'), 'excel-xml'],
    ['other XML', bytes('<?xml version="1.0"?><config/>'), 'unsupported'],
    ['HTML', bytes('<!DOCTYPE html><html><body>通知'), 'html'],
    ['HTML after a comment', bytes('<!-- 保存自 -->\n<html>'), 'html'],
    ['HTML in GBK', iconv.encode('<html><head><title>关于开展检查的通知</title></head>', 'GBK'), 'html'],
    ['HTML in UTF-16', iconv.encode('<html><head><title>通知</title></head>', 'UTF-16LE', { addBOM: true }), 'html'],
    ['XHTML', bytes('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="x"><head/></html>'), 'html'],
    ['a part of a page', bytes('<div class="art">\n<p>关于开展检查的通知</p>\n<p>各学校：</p>\n</div>'), 'html'],
    [
      'Markdown that begins with a tag',
      bytes('<div align="center">\n\n# 关于开展检查的通知\n\n</div>\n\n各学校：\n请报送。'),
      'text',
    ],
    ['Markdown with a table as HTML', bytes('# 统计表\n<table><tr><td>甲</td></tr></table>'), 'text'],
    [
      'a saved page',
      bytes('From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n boundary="x"'),
      'mhtml',
    ],
    ['text', bytes('关于开展检查的通知'), 'text'],
    ['text in GBK', iconv.encode('关于开展检查的通知，各学校：', 'GBK'), 'text'],
    ['a Latin text with the first letters of a program', bytes('MZ is no program'), 'text'],
    ['PNG', latin('\x89PNG\r\n\x1a\n'), 'image'],
    ['JPEG', latin('\xff\xd8\xff\xe0'), 'image'],
    ['GIF', bytes('GIF89a'), 'image'],
    ['TIFF', latin('II*\0'), 'image'],
    ['BMP', latin('BM\x36\0\0\0\0\0\0\0'), 'image'],
    ['WebP', latin('RIFF\0\0\0\0WEBPVP8 '), 'image'],
    ['RAR', latin('Rar!\x1a\x07\0'), 'unsupported'],
    ['7z', latin('7z\xbc\xaf\x27\x1c'), 'unsupported'],
    ['a program', latin('MZ\x90\0\x03\0\0\0'), 'unsupported'],
    ['noise', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) % 256)), 'unsupported'],
  ];
  test.each(cases)('%s', async (_, content, kind) => {
    expect((await sniff(content)).kind).toBe(kind);
  });
});

describe('reading by content', () => {
  const codeOf = async (fileName: string, content: Uint8Array): Promise<string> =>
    read({ fileName, bytes: content }).then(
      (layout) => layout.diagnostics.map((d) => d.code).join(),
      (error: unknown) => (error instanceof HongtouError ? error.line : String(error)),
    );

  test('a wrong ending is said and does not matter', async () => {
    const layout = await read({ fileName: '通知.pdf', bytes: bytes('关于开展检查的通知') });
    expect(layout.pages[0]?.blocks).toMatchObject([{ text: '关于开展检查的通知' }]);
    expect(layout.diagnostics).toMatchObject([
      { code: 'wrong-extension', message: '文件扩展名是 .pdf，内容却是纯文本，已按内容读取。' },
    ]);
  });
  test('a right ending, and one that promises nothing', async () => {
    expect(await codeOf('通知.TXT', bytes('通知'))).toBe('');
    expect(await codeOf('通知', bytes('通知'))).toBe('');
    expect(await codeOf('2025.4.22', bytes('通知'))).toBe('');
  });
  const errors: [reason: string, fileName: string, content: Uint8Array, line: RegExp][] = [
    ['nothing', 'a.pdf', bytes(''), /^"a\.pdf" is empty\./],
    ['an encrypted Office file', 'a.docx', compound('EncryptedPackage'), /^"a\.docx" is password-protected\./],
    [
      'binary named .txt',
      'a.txt',
      Buffer.alloc(4000, 0x81).fill(0, 100, 2000),
      /named like a text but holds binary data/,
    ],
    [
      'an archive that is not read',
      'a.rar',
      latin('Rar!\x1a\x07\0'),
      /^"a\.rar" is a RAR archive, which is not read here\./,
    ],
    [
      'a picture that is cut off',
      'a.png',
      latin('\x89PNG\r\n\x1a\n'),
      /^"a\.png" is damaged: the picture cannot be decoded/,
    ],
  ];
  test.each(errors)('%s', async (_, fileName, content, line) => expect(await codeOf(fileName, content)).toMatch(line));

  test('a picture is a page to be recognised, in points by its resolution', async () => {
    const png = await sharp({ create: { width: 827, height: 1169, channels: 3, background: '#fff' } })
      .withMetadata({ density: 100 })
      .png()
      .toBuffer();
    const layout = await read({ fileName: '扫描件.png', bytes: png });
    expect(layout).toMatchObject({ mediaType: 'image/png', paged: true });
    expect(layout.pages).toMatchObject([{ page: 1, needsRecognition: true, textOrigin: 'ocr', blocks: [] }]);
    expect(layout.pages[0]!.width).toBeCloseTo(595.4, 0);
  });
});
