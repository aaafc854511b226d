import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive under test, down to the fields that ordinary ZIP writers do not let one set wrong. */
export interface ZipPart {
  readonly name: string | Uint8Array;
  readonly data: string | Uint8Array;
  /** General purpose flags; bit 11 (0x800) says that the name is UTF-8, bit 0 that the data is encrypted. */
  readonly flags?: number;
  readonly stored?: boolean;
  readonly statedSize?: number;
  readonly crc?: number;
}

/** Writes a ZIP archive byte by byte, wrong where asked. */
export function zipOf(parts: readonly ZipPart[], comment = ''): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const data = Buffer.from(part.data);
    const packed = part.stored ? data : deflateRawSync(data);
    const flags = part.flags ?? (typeof part.name === 'string' ? 0x800 : 0);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(flags, 2);
    fixed.writeUInt16LE(part.stored ? 0 : 8, 4);
    fixed.writeUInt32LE(part.crc ?? crc32(data), 10);
    fixed.writeUInt32LE(packed.length, 14);
    fixed.writeUInt32LE(part.statedSize ?? data.length, 18);
    fixed.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fixed, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fixed, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...locals, central, end, Buffer.from(comment)]);
}
