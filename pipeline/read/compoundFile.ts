const signature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** An OLE compound file ([MS-CFB]): .doc, .xls, .wps, and OOXML documents under a password. */
export function isCompoundFile(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** An OOXML document under a password is a compound file with the stream EncryptedPackage ([MS-OFFCRYPTO], 2.3.4). */
export function isEncryptedPackage(bytes: Uint8Array): boolean {
  return isCompoundFile(bytes) && holdsStream(bytes, 'EncryptedPackage');
}

/** A Word 97–2003 document under a password: fEncrypted in the FIB ([MS-DOC], 2.5.2), which begins a sector. */
export function isEncryptedWordFile(bytes: Uint8Array): boolean {
  if (!isCompoundFile(bytes) || !holdsStream(bytes, 'WordDocument')) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 512; at + 32 <= bytes.length; at += 512) {
    if (view.getUint16(at, true) !== 0xa5ec) continue;
    const version = view.getUint16(at + 2, true);
    if (version >= 0x00c0 && version <= 0x0200) return (view.getUint16(at + 10, true) & 0x0100) !== 0;
  }
  return false;
}

/** Names of streams stand in the directory in UTF-16. */
export function holdsStream(bytes: Uint8Array, name: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(name, 'utf16le'));
}
