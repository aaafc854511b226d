/** More pixels than the picture of a seal has: 42 mm at 600 dpi is just over a million. */
const sealPixels = 1_600_000;

/**
 * Makes pdf.js pass over the data of pictures that cannot be seals (too many pixels, or far from square): their places
 * are wanted, not their pixels, and decoding a scan of 300 dpi takes longer than reading a whole notice. The names of
 * their filters are overwritten in place by unknown ones, and their sizes by 1 × 1; nothing moves in the file.
 * Returns how many pictures were treated so.
 */
export function skipPictureData(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = buffer.indexOf('/Image'); at >= 0; at = buffer.indexOf('/Image', at + 6)) {
    const dictionary = dictionaryAround(buffer, at);
    if (!dictionary) continue;
    const { start, text } = dictionary;
    if (!/\/Subtype\s*\/Image(?![A-Za-z])/.test(text)) continue;
    const width = /\/Width\s+(\d+)(?!\s+\d+\s+R)/.exec(text);
    const height = /\/Height\s+(\d+)(?!\s+\d+\s+R)/.exec(text);
    if (!width || !height) continue;
    const [w, h] = [Number(width[1]), Number(height[1])];
    if (w * h <= sealPixels && w * h > 0 && Math.max(w, h) / Math.min(w, h) < 1.6) continue;
    for (const size of [width, height]) {
      const digits = size[1]!;
      buffer.write('1'.padEnd(digits.length), start + size.index + size[0].length - digits.length, 'latin1');
    }
    for (const filter of text.matchAll(/\/(DCT|JPX|JBIG2|CCITTFax|Flate|LZW|RunLength)Decode/g)) {
      buffer.write('Skip', start + filter.index + filter[0].length - 'Decode'.length, 'latin1');
    }
    count++;
  }
  return count;
}

/** The dictionary of the stream object around a place; undefined where there is none, as in the middle of other data. */
function dictionaryAround(buffer: Buffer, at: number): { start: number; text: string } | undefined {
  const start = buffer.lastIndexOf(' obj', at);
  const end = buffer.indexOf('stream', at);
  if (start < 0 || end < 0 || at - start > 2000 || end - at > 2000) return undefined;
  const text = buffer.toString('latin1', start + 4, end);
  if (!/^\s*<</.test(text) || !/>>\s*$/.test(text) || /endobj|[^\t\n\f\r -~]/.test(text)) return undefined;
  return { start: start + 4, text };
}
