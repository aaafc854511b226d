/** A JPEG that lies in a PDF: the range of its bytes. */
export interface EmbeddedJpeg {
  readonly start: number;
  readonly end: number;
}

/** Pictures with fewer pixels are parts of pages, not pages. */
const leastPixels = 200_000;

/**
 * Finds the JPEGs in a PDF that can be taken as they are, and makes pdf.js pass over their data: in `bytes` (changed in
 * place; nothing moves) their filter becomes unknown, their height 1, and their width their number from 1, by which
 * they are known again when a page paints them.
 */
export function replaceJpegs(bytes: Uint8Array): EmbeddedJpeg[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const jpegs: EmbeddedJpeg[] = [];
  for (let at = buffer.indexOf('/DCTDecode'); at >= 0; at = buffer.indexOf('/DCTDecode', at + 10)) {
    const start = buffer.lastIndexOf(' obj', at);
    const stream = buffer.indexOf('stream', at);
    if (start < 0 || stream < 0 || at - start > 2000 || stream - at > 2000) continue;
    const text = buffer.toString('latin1', start + 4, stream);
    const width = /\/Width\s+(\d+)(?!\s+\d+\s+R)/.exec(text);
    const height = /\/Height\s+(\d+)(?!\s+\d+\s+R)/.exec(text);
    const filter = /\/Filter\s*(?:\/DCTDecode|\[\s*\/DCTDecode\s*\])/.exec(text);
    if (!width || !height || !filter || !isPlain(text)) continue;
    if (Number(width[1]) * Number(height[1]) < leastPixels) continue;
    const number = String(jpegs.length + 1);
    if (number.length > width[1]!.length) continue;
    const from = stream + 6 + (buffer[stream + 6] === 0x0d ? 2 : 1);
    const to = buffer.indexOf('endstream', from);
    if (to < 0 || buffer[from] !== 0xff || buffer[from + 1] !== 0xd8) continue;
    jpegs.push({ start: from, end: to });
    const put = (match: RegExpExecArray, value: string): void => {
      const digits = match[1]!.length;
      buffer.write(value.padEnd(digits), start + 4 + match.index + match[0].length - digits, 'latin1');
    };
    put(width, number);
    put(height, '1');
    const name = start + 4 + filter.index + filter[0].indexOf('/DCTDecode');
    buffer.write('/DCTSkippd', name, 'latin1');
  }
  return jpegs;
}

/** Whether a picture is what its JPEG shows: no mask, no inverted or indexed colours, no four colours of a printer. */
function isPlain(text: string): boolean {
  if (!/\/Subtype\s*\/Image(?![A-Za-z])/.test(text) || /endobj/.test(text)) return false;
  return !/\/(SMask|Mask|Decode|Indexed|DeviceCMYK|Separation|DeviceN|Lab)(?![A-Za-z])/.test(text);
}
