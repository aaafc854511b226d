import { buffer } from 'node:stream/consumers';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { HongtouError, readLimits } from '../../models/index.ts';

/** Bytes of one unpacked part. */
const partLimit = 100 * 1024 * 1024;

export interface Parts {
  /** The text of a part; null where there is none. */
  text(path: string): Promise<string | null>;
  close(): void;
}

/** Opens the archive of a workbook without unpacking anything. Throws for what is no archive, encrypted, or too large. */
export async function openParts(bytes: Uint8Array, fileName: string): Promise<Parts> {
  // 97-2003 files and encrypted workbooks are OLE compound files.
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) {
    const encrypted = Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
    if (encrypted) throw new HongtouError('FILE_ENCRYPTED', { fileName });
    throw new HongtouError('NOT_A_RETURN', { fileName, detail: 'a workbook of Excel 97-2003 (.xls, .et)' });
  }
  const damaged = (error: Error) =>
    new HongtouError('FILE_DAMAGED', { fileName, reason: error.message }, { cause: error });
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true, validateEntrySizes: true }, (error, opened) => {
      if (error) reject(damaged(error));
      else resolve(opened);
    });
  });
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  await new Promise<void>((resolve, reject) => {
    zip.on('error', (error: Error) => reject(damaged(error)));
    zip.on('end', () => resolve());
    zip.on('entry', (entry: Entry) => {
      unpacked += entry.uncompressedSize;
      const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
      if (
        entries.size >= readLimits.archiveEntries ||
        unpacked > readLimits.archiveBytes ||
        (ratio > readLimits.archiveRatio && entry.uncompressedSize > 10_000_000)
      ) {
        reject(new HongtouError('LIMIT_EXCEEDED', { fileName, what: 'it unpacks to far more than a workbook' }));
        return;
      }
      entries.set(entry.fileName.toLowerCase(), entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
  return {
    async text(path) {
      const entry = entries.get(path.replace(/^\//, '').toLowerCase());
      if (entry === undefined) return null;
      if (entry.uncompressedSize > partLimit) {
        throw new HongtouError('LIMIT_EXCEEDED', { fileName, what: `a part of more than ${partLimit} bytes` });
      }
      const content = await new Promise<Buffer>((resolve, reject) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error) reject(error);
          else buffer(stream).then(resolve, reject);
        });
      });
      const utf16 = content[0] === 0xff && content[1] === 0xfe;
      return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(content);
    },
    close: () => zip.close(),
  };
}
