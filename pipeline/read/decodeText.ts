import iconv from 'iconv-lite';

/** A text out of its bytes. */
export interface DecodedText {
  readonly text: string;
  /** The encoding as people name it: UTF-8, UTF-16LE, UTF-16BE, GB18030. */
  readonly encoding: TextEncodingName;
  /** Replacement characters in the text: bytes that mean nothing in this encoding. */
  readonly undecodable: number;
}

export type TextEncodingName = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'GB18030';

/** Bytes looked at to choose an encoding: some 10,000 characters, enough for any statistics of letters. */
const sampleBytes = 32 * 1024;

/**
 * Decodes a text whose encoding nobody states. A byte order mark decides; else UTF-8 when it is valid; else the
 * candidate whose result looks most like Chinese. GB2312 and GBK are subsets of GB18030 and are read as that.
 * @param declared the encoding that the file claims for itself (HTML meta); believed only between equals.
 */
export function decodeText(bytes: Uint8Array, declared: TextEncodingName | null = null): DecodedText {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return decodeAs(bytes.subarray(marked.length), marked.encoding);
  const sample = bytes.subarray(0, sampleBytes);
  const strict = sparseZeros(sample) ? decodeUtf8Strictly(bytes) : null;
  if (strict !== null) return { text: strict, encoding: 'UTF-8', undecodable: countReplacements(strict) };
  const candidates: TextEncodingName[] = ['UTF-8', 'GB18030', 'UTF-16LE', 'UTF-16BE'];
  let best: TextEncodingName = declared ?? 'UTF-8';
  let bestQuality = -Infinity;
  for (const encoding of candidates) {
    const quality = textQuality(decodeAs(sample, encoding).text) + (encoding === declared ? 0.02 : 0);
    if (quality > bestQuality) {
      best = encoding;
      bestQuality = quality;
    }
  }
  return decodeAs(bytes, best);
}

/** Whether what was decoded is text at all: few control, replacement and private-use characters. */
export function looksLikeText(text: string): boolean {
  const sample = text.length > 400_000 ? text.slice(0, 200_000) + text.slice(-200_000) : text;
  let odd = 0;
  for (let i = 0; i < sample.length; i++) {
    const code = sample.charCodeAt(i);
    if (isControl(code) || code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff)) odd++;
  }
  // Three odd characters in a short note are dirt; one in twenty over a whole file is a picture or a program.
  return odd <= 3 || odd / sample.length < 0.05;
}

/** C0 and C1 controls other than the ones that lay out text (tab, line feed, vertical tab, form feed, return, NEL). */
function isControl(code: number): boolean {
  if (code < 0x20) return code !== 0x09 && (code < 0x0a || code > 0x0d);
  return code >= 0x7f && code < 0xa0 && code !== 0x85;
}

function byteOrderMark(bytes: Uint8Array): { encoding: TextEncodingName; length: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'UTF-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'UTF-16LE', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'UTF-16BE', length: 2 };
  if (bytes[0] === 0x84 && bytes[1] === 0x31 && bytes[2] === 0x95 && bytes[3] === 0x33)
    return { encoding: 'GB18030', length: 4 };
  return null;
}

function decodeAs(bytes: Uint8Array, encoding: TextEncodingName): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = iconv.decode(buffer, encoding, { stripBOM: true });
  return { text, encoding, undecodable: countReplacements(text) };
}

function decodeUtf8Strictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-16 of Latin text is valid UTF-8 too, with a zero in every second byte. */
function sparseZeros(sample: Uint8Array): boolean {
  let zeros = 0;
  for (const byte of sample) if (byte === 0) zeros++;
  return zeros <= sample.length / 10;
}

function countReplacements(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) count++;
  return count;
}

/** From -1 (rubbish) to 1 (ordinary Chinese or Latin text). */
function textQuality(text: string): number {
  let good = 0;
  let bad = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isControl(code) || code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff)) bad++;
    else if (code < 0x7f || commonCharacters().has(code)) good++;
    else if (code >= 0x3400 && code <= 0x9fff) bad += 0.3;
    else bad += 0.2;
  }
  return text.length === 0 ? -1 : (good - bad) / text.length;
}

let common: ReadonlySet<number> | null = null;

/** Punctuation and the 3,755 characters of level 1 of GB/T 2312: nearly every character of a notice is among them. */
function commonCharacters(): ReadonlySet<number> {
  if (common !== null) return common;
  const set = new Set<number>();
  for (let high = 0xa1; high <= 0xd7; high++) {
    if (high > 0xa3 && high < 0xb0) continue;
    for (let low = 0xa1; low <= 0xfe; low++) {
      const code = iconv.decode(Buffer.from([high, low]), 'GB18030').charCodeAt(0);
      if (code !== 0xfffd && !(code >= 0xe000 && code <= 0xf8ff)) set.add(code);
    }
  }
  common = set;
  return set;
}
