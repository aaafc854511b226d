import {
  type Diagnostic,
  HongtouError,
  type Layout,
  type LayoutPage,
  layoutPage,
  readLimits,
  type SourceFile,
} from '../../models/index.ts';
import { decodeText, looksLikeText } from './decodeText.ts';
import { textBlocks } from './textBlocks.ts';
import { liftMetadata } from './webMetadata.ts';
import { withoutSpans } from './withoutSpans.ts';

/**
 * Reads plain text and Markdown as people, recognisers and converters leave it: one line of the layout per source
 * line, without Markdown syntax; tables (Markdown, HTML, tab-separated, drawn with strokes) as tables; descriptions of
 * seals and pictures as what they describe. Paragraphs are put together later: `paragraphEnd` is true after a heading
 * or list item or where the next line is indented, false where the next line follows at once, null where an empty line
 * follows (at a page break recognisers leave one inside a paragraph). A form feed begins a page.
 * @throws HongtouError FILE_EMPTY, FILE_TOO_LARGE, TEXT_TOO_LONG, NOT_TEXT, NO_TEXT
 */
export async function readText(input: SourceFile): Promise<Layout> {
  const { fileName, bytes } = input;
  const { text, diagnostics } = decodedSource(fileName, bytes);
  const isChinese = mostlyChinese(text);
  const sheets = withoutSpans(text, '<!--', '-->').split('\f');
  while (sheets.length > 1 && sheets.at(-1)!.trim() === '') sheets.pop();
  const pages: LayoutPage[] = [];
  let previous: LayoutPage | null = null;
  for (const [index, sheet] of sheets.entries()) {
    const { blocks, furniture } = textBlocks(sheet, {
      isChinese,
      before: previous?.blocks ?? [],
      paged: sheets.length > 1,
    });
    previous = layoutPage(index === 0 ? liftMetadata(blocks) : blocks, { page: index + 1, furniture });
    pages.push(previous);
  }
  return {
    mediaType: /\.(?:md|markdown)$/i.test(fileName) ? 'text/markdown' : 'text/plain',
    paged: pages.length > 1,
    pages,
    signatures: [],
    diagnostics,
  };
}

/**
 * The characters of a text file, cleaned of what is not text, and what had to be said about them.
 * @throws HongtouError FILE_EMPTY, FILE_TOO_LARGE, TEXT_TOO_LONG, NOT_TEXT, NO_TEXT
 */
export function decodedSource(fileName: string, bytes: Uint8Array): { text: string; diagnostics: Diagnostic[] } {
  if (bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName });
  if (bytes.length > readLimits.textBytes)
    throw new HongtouError('FILE_TOO_LARGE', { fileName, size: bytes.length, limit: readLimits.textBytes });
  const decoded = decodeText(bytes);
  if (!looksLikeText(decoded.text)) throw new HongtouError('NOT_TEXT', { fileName });
  if (decoded.text.length > readLimits.textLength)
    throw new HongtouError('TEXT_TOO_LONG', { fileName, length: decoded.text.length, limit: readLimits.textLength });
  const diagnostics: Diagnostic[] = [];
  const say = (code: string, severity: Diagnostic['severity'], message: string): void => {
    diagnostics.push({ code, severity, message, page: null });
  };
  let controls = 0;
  const text = decoded.text
    .replace(/\r\n?|[\u0085\u2028\u2029\v]/g, '\n')
    .replace(/[\0-\x08\x0e-\x1f\x7f-\x9f]/g, () => {
      controls++;
      return '';
    })
    // Zero-width and direction marks, soft hyphens, byte order marks inside the text: invisible and without meaning.
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]/g, '')
    .replace(/\u00a0/g, ' ');
  if (text.trim() === '') throw new HongtouError('NO_TEXT', { fileName });
  if (decoded.encoding !== 'UTF-8') say('encoding', 'info', `文件编码为 ${decoded.encoding}。`);
  if (decoded.undecodable > 0)
    say(
      'undecodable-bytes',
      'warning',
      `有 ${decoded.undecodable} 处字节无法按 ${decoded.encoding} 解读，已用“\ufffd”代替。`,
    );
  if (controls > 0) say('control-characters', 'warning', `去除了 ${controls} 个控制字符。`);
  if (/锟斤拷|烫烫烫|屯屯屯/.test(text))
    say('garbled-text', 'warning', '文件中有转码损坏留下的乱码（锟斤拷一类），原文已无法恢复。');
  return { text, diagnostics };
}

/** Whether the letters of a text are Chinese in the main: then an English sentence in it is a foreign body. */
export function mostlyChinese(text: string): boolean {
  const sample = text.slice(0, 100_000);
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = sample.match(/[A-Za-z]/g)?.length ?? 0;
  return han * 8 > latin;
}
