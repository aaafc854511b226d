import type { ElectronicSignature } from '../../../models/index.ts';

/**
 * Digital signatures (ISO 32000-1, 12.8.1): signer and time as stated in the signature dictionaries. These are never
 * compressed, as their /ByteRange must be written after everything else. Whether a signature is valid is not checked.
 */
export function readSignatures(bytes: Uint8Array): ElectronicSignature[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const signatures: ElectronicSignature[] = [];
  for (let at = buffer.indexOf('/ByteRange'); at >= 0; at = buffer.indexOf('/ByteRange', at + 10)) {
    const start = buffer.lastIndexOf(' obj', at);
    const end = buffer.indexOf('endobj', at);
    if (start < 0 || end < 0 || end - start > 1_000_000) continue;
    const text = buffer.toString('latin1', start, end).replace(/\/Contents\s*<[0-9a-fA-F\s]*>/, '');
    if (!/\/Type\s*\/(Sig|DocTimeStamp)\b/.test(text) && !/\/SubFilter/.test(text)) continue;
    const time = stringAfter(text, 'M');
    signatures.push({ signer: stringAfter(text, 'Name'), time: time && isoTime(time), page: null, box: null });
  }
  return signatures;
}

/** The string value of a key: literal with its escapes, or hexadecimal; UTF-16 where it says so. */
function stringAfter(text: string, key: string): string | null {
  const match = new RegExp(`/${key}\\s*(?:\\(((?:\\\\[\\s\\S]|[^\\\\()])*)\\)|<([0-9a-fA-F\\s]*)>)`).exec(text);
  if (!match) return null;
  const raw =
    match[2] === undefined
      ? Buffer.from(unescapeLiteral(match[1] ?? ''), 'latin1')
      : Buffer.from(match[2].replace(/\s/g, ''), 'hex');
  const value =
    raw[0] === 0xfe && raw[1] === 0xff
      ? new TextDecoder('utf-16be').decode(raw.subarray(2))
      : new TextDecoder('utf-8').decode(raw);
  return value.trim() || null;
}

function unescapeLiteral(text: string): string {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return text.replace(/\\([0-7]{1,3}|\r?\n|[\s\S])/g, (_, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
    return /\n/.test(code) ? '' : (named[code] ?? code);
  });
}

/** D:20250226093000+08'00' as 2025-02-26T09:30:00+08:00 (ISO 32000-1, 7.9.4); as it stands where it is no such date. */
function isoTime(value: string): string {
  const match = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:(Z)|([+-]\d{2})'?(\d{2})?)?/.exec(value);
  if (!match) return value;
  const [, year, month, day, hour, minute, second, utc, hours, minutes] = match;
  const zone = utc ? 'Z' : hours ? `${hours}:${minutes ?? '00'}` : '';
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`;
}
