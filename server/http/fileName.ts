import path from 'node:path';

/**
 * A file name as it is kept and shown: no folders, no control characters, none that turn the direction of writing (they
 * make `gnp.exe` look like `exe.png`), at most 200 characters. It is never used as a path.
 */
export function cleanFileName(given: string): string {
  const name = wellFormed(path.basename(given.replaceAll('\\', '/')))
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu, '')
    .trim();
  const characters = [...name];
  if (characters.length === 0 || name === '.' || name === '..') return 'unnamed';
  if (characters.length <= 200) return name;
  // The ending tells people what it is.
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  return characters.slice(0, 200 - ending.length).join('') + ending;
}

/** A Content-Disposition header for any name: plain for old clients, RFC 8187 for the rest. */
export function contentDisposition(kind: 'attachment' | 'inline', fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%;]/g, '_');
  const encoded = encodeURIComponent(wellFormed(fileName)).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Half a surrogate pair becomes U+FFFD; such names cannot be encoded. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
