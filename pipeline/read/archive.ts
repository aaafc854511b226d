import { crc32, inflateRawSync } from 'node:zlib';
import yauzl from 'yauzl';
import { type Diagnostic, HongtouError, readLimits } from '../../models/index.ts';

/** One file inside an archive. */
export interface ArchiveEntry {
  /** Path inside the archive: forward slashes, no leading slash, no `.` or `..`; as the archive spells it otherwise. */
  readonly name: string;
  readonly encrypted: boolean;
  readonly packedSize: number;
  /** What the archive says of the unpacked size; `read` never believes it. */
  readonly statedSize: number;
}

/** What may still be unpacked. One budget serves an archive and all archives inside it. */
export interface ArchiveBudget {
  bytes: number;
  entries: number;
}

export interface Archive {
  /** Files (no folders) in the order of the archive's directory. */
  readonly entries: readonly ArchiveEntry[];
  /** Entries that were left out, and why. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * The entry at this path, or null. A leading slash, `.` and `..` are resolved inside the archive (`..` at the top
   * stays there), backslashes are slashes; exact spelling first, then without regard to case.
   */
  readonly find: (path: string) => ArchiveEntry | null;
  /**
   * The unpacked bytes of an entry.
   * @throws FILE_ENCRYPTED, FILE_DAMAGED (truncated, checksum), LIMIT_EXCEEDED (the budget, a zip bomb),
   * UNSUPPORTED_FORMAT (a packing method other than stored and deflate).
   */
  readonly read: (entry: ArchiveEntry) => Uint8Array;
  readonly budget: ArchiveBudget;
}

/** Below this many unpacked bytes the ratio says nothing: a table of blank cells packs a hundredfold and is harmless. */
const ratioFloor = 8 * 1024 * 1024;

export function archiveBudget(): ArchiveBudget {
  return { bytes: readLimits.archiveBytes, entries: readLimits.archiveEntries };
}

/**
 * Opens a ZIP archive (APPNOTE 6.3.x) from memory; nothing is ever written to disk. Only the directory is read; entries
 * are unpacked one by one with `read`, and every unpacked byte is counted against the budget.
 *
 * @throws FILE_DAMAGED where there is no readable directory (a truncated archive has none), FILE_ENCRYPTED where the
 * directory itself is encrypted, LIMIT_EXCEEDED for too many entries.
 */
export async function openArchive(
  bytes: Uint8Array,
  fileName: string,
  budget: ArchiveBudget = archiveBudget(),
): Promise<Archive> {
  const buffer = withoutTrailingBytes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const raw = await readDirectory(buffer, fileName, budget);
  const decode = nameDecoder(raw);
  const diagnostics: Diagnostic[] = [];
  const byName = new Map<string, { entry: ArchiveEntry; raw: yauzl.Entry }>();
  for (const item of raw) {
    const spelled = decode(item).normalize('NFC').replaceAll('\\', '/');
    if (spelled.endsWith('/')) continue;
    const name = resolvePath(spelled);
    if (name === null || name === '') {
      diagnostics.push(archiveDiagnostic('archive-path-outside', `压缩包内的路径“${spelled}”越出压缩包，已略去。`));
      continue;
    }
    if (byName.has(name)) {
      diagnostics.push(archiveDiagnostic('archive-duplicate-entry', `压缩包内有两个同名文件“${name}”，以后一个为准。`));
    }
    const entry: ArchiveEntry = {
      name,
      encrypted: item.isEncrypted(),
      packedSize: item.compressedSize,
      statedSize: item.uncompressedSize,
    };
    byName.set(name, { entry, raw: item });
  }
  const byFoldedName = new Map<string, ArchiveEntry>();
  for (const { entry } of byName.values()) {
    const folded = entry.name.toLowerCase();
    if (!byFoldedName.has(folded)) byFoldedName.set(folded, entry);
  }
  return {
    entries: [...byName.values()].map((item) => item.entry),
    diagnostics,
    find: (path) => {
      const name = resolvePath(path.replaceAll('\\', '/').normalize('NFC'), true) ?? '';
      return byName.get(name)?.entry ?? byFoldedName.get(name.toLowerCase()) ?? null;
    },
    read: (entry) => {
      const item = byName.get(entry.name);
      if (item === undefined) throw new HongtouError('FILE_DAMAGED', { fileName, reason: `no entry "${entry.name}"` });
      return unpack(buffer, item.raw, entry.name, fileName, budget);
    },
    budget,
  };
}

async function readDirectory(buffer: Buffer, fileName: string, budget: ArchiveBudget): Promise<yauzl.Entry[]> {
  try {
    const zip = await yauzl.fromBufferPromise(buffer, { decodeStrings: false, validateEntrySizes: false });
    if (zip.entryCount > budget.entries) {
      throw new HongtouError('LIMIT_EXCEEDED', { fileName, what: `${zip.entryCount} entries in an archive` });
    }
    const found: yauzl.Entry[] = [];
    for await (const entry of zip.eachEntry()) found.push(entry);
    budget.entries -= found.length;
    return found;
  } catch (error) {
    if (error instanceof HongtouError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (/encrypt/i.test(reason)) throw new HongtouError('FILE_ENCRYPTED', { fileName }, { cause: error });
    throw new HongtouError(
      'FILE_DAMAGED',
      {
        fileName,
        reason: /End of central directory/.test(reason) ? 'the end of the archive is missing' : oneLine(reason),
      },
      { cause: error },
    );
  }
}

/** Servers append bytes to downloads; the directory's end record says where the archive really ends. */
function withoutTrailingBytes(buffer: Buffer): Buffer {
  const at = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0 || at + 22 > buffer.length) return buffer;
  return buffer.subarray(0, Math.min(buffer.length, at + 22 + buffer.readUInt16LE(at + 20)));
}

/**
 * Names are UTF-8 where the archive says so (flag bit 11, or the Unicode path field). Otherwise Chinese programs write
 * GBK and others UTF-8 without saying so: the names of one archive are taken as UTF-8 only if all of them are valid.
 */
function nameDecoder(entries: readonly yauzl.Entry[]): (entry: yauzl.Entry) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const gbk = new TextDecoder('gb18030');
  const flagged = (entry: yauzl.Entry) => (entry.generalPurposeBitFlag & 0x800) !== 0;
  const isUtf8 = (raw: Uint8Array): boolean => {
    try {
      utf8.decode(raw);
      return true;
    } catch {
      return false;
    }
  };
  const allUtf8 = entries.every((entry) => flagged(entry) || isUtf8(entry.fileNameRaw));
  return (entry) => {
    const unicodePath = entry.extraFields.some((field) => field.id === 0x7075);
    if (unicodePath) {
      const name = yauzl.getFileNameLowLevel(
        entry.generalPurposeBitFlag | 0x800,
        entry.fileNameRaw,
        entry.extraFields,
        false,
      );
      if (!name.includes('\ufffd')) return name;
    }
    return flagged(entry) || allUtf8
      ? new TextDecoder('utf-8').decode(entry.fileNameRaw)
      : gbk.decode(entry.fileNameRaw);
  };
}

/** Normalises a path; null where it is absolute with a drive or leaves the archive (`clamp`: stays at the top). */
function resolvePath(path: string, clamp = false): string | null {
  if (/^[a-z]:/i.test(path) && !clamp) return null;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined && !clamp) return null;
  }
  return parts.join('/');
}

function unpack(buffer: Buffer, entry: yauzl.Entry, name: string, fileName: string, budget: ArchiveBudget): Uint8Array {
  const damaged = (reason: string, cause?: unknown) =>
    new HongtouError('FILE_DAMAGED', { fileName, reason }, cause === undefined ? {} : { cause });
  if (entry.isEncrypted()) throw new HongtouError('FILE_ENCRYPTED', { fileName });
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    const detail = `packed by a method (${entry.compressionMethod}) other than deflate`;
    throw new HongtouError('UNSUPPORTED_FORMAT', { fileName, detail });
  }
  const header = entry.relativeOffsetOfLocalHeader;
  if (header + 30 > buffer.length || buffer.readUInt32LE(header) !== 0x04034b50) {
    throw damaged(`the entry "${name}" is not where the directory says`);
  }
  const start = header + 30 + buffer.readUInt16LE(header + 26) + buffer.readUInt16LE(header + 28);
  const packed = buffer.subarray(start, start + entry.compressedSize);
  if (packed.length < entry.compressedSize) throw damaged(`the entry "${name}" is cut off`);

  const allowed = Math.min(budget.bytes, Math.max(ratioFloor, packed.length * readLimits.archiveRatio));
  const bomb = () => new HongtouError('LIMIT_EXCEEDED', { fileName, what: `"${name}" unpacks to too many bytes` });
  let unpacked: Buffer;
  if (entry.compressionMethod === 0) {
    if (packed.length > allowed) throw bomb();
    unpacked = packed;
  } else {
    if (allowed < 1) throw bomb();
    try {
      unpacked = inflateRawSync(packed, { maxOutputLength: allowed, chunkSize: chunkFor(entry.uncompressedSize) });
    } catch (error) {
      if (error instanceof RangeError || codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw bomb();
      throw damaged(`the entry "${name}" cannot be unpacked`, error);
    }
  }
  budget.bytes -= unpacked.length;
  if (crc32(unpacked) !== entry.crc32) throw damaged(`the checksum of the entry "${name}" is wrong`);
  return unpacked;
}

/** One chunk for the whole entry where the stated size is likely; a lie costs no more than a megabyte. */
function chunkFor(statedSize: number): number {
  return Math.min(1024 * 1024, Math.max(16 * 1024, statedSize + 64));
}

function archiveDiagnostic(code: string, message: string): Diagnostic {
  return { code, severity: 'warning', message, page: null };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 200);
}
