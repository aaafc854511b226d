import { HongtouError } from '../../models/index.ts';

/** The page out of a saved web archive. */
export interface SavedPage {
  readonly bytes: Uint8Array;
  /** The character set that the part states. */
  readonly charset: string | null;
  /** It is plain text, not markup. */
  readonly plain: boolean;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  /** latin1: one character per byte. */
  readonly body: string;
}

const maxParts = 2_000;

/**
 * Takes the page out of an MHTML file (RFC 2557: multipart/related) as browsers and Word save it, or out of a mail:
 * the first HTML part, else the first text part.
 * @throws HongtouError FILE_DAMAGED where there is none
 */
export function pageOfMhtml(bytes: Uint8Array, fileName: string): SavedPage {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  const leaves = leavesOf(partOf(source), 0);
  const kind = (part: Part): string =>
    (part.headers.get('content-type') ?? 'text/plain').split(';')[0]!.trim().toLowerCase();
  const chosen =
    leaves.find((part) => kind(part) === 'text/html') ?? leaves.find((part) => kind(part) === 'text/plain');
  if (chosen === undefined)
    throw new HongtouError('FILE_DAMAGED', { fileName, reason: 'the saved page holds no page' });
  return {
    bytes: bodyOf(chosen),
    charset: parameter(chosen.headers.get('content-type'), 'charset'),
    plain: kind(chosen) === 'text/plain',
  };
}

function partOf(source: string): Part {
  const end = /\r?\n\r?\n/.exec(source);
  const head = end === null ? source : source.slice(0, end.index);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end === null ? '' : source.slice(end.index + end[0].length) };
}

function leavesOf(part: Part, depth: number): Part[] {
  const type = part.headers.get('content-type') ?? '';
  const boundary = /^multipart\//i.test(type) ? parameter(type, 'boundary') : null;
  if (boundary === null) return [part];
  if (depth > 5) return [];
  const pieces = `\n${part.body}`.split(`\n--${boundary}`).slice(1, maxParts);
  return pieces
    .filter((piece) => !piece.startsWith('--'))
    .flatMap((piece) => leavesOf(partOf(piece.replace(/^[ \t]*\r?\n/, '')), depth + 1));
}

function parameter(header: string | undefined, name: string): string | null {
  const match = new RegExp(`[;\\s]${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header ?? '');
  return match?.[1] ?? match?.[2] ?? null;
}

function bodyOf(part: Part): Uint8Array {
  const encoding = (part.headers.get('content-transfer-encoding') ?? '').toLowerCase();
  if (encoding === 'base64') return Buffer.from(part.body.replace(/[^A-Za-z\d+/=]/g, ''), 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(part.body, 'latin1');
  const text = part.body
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}
