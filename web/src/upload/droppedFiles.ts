/** What systems put beside files, and nobody means to send. */
const ownFiles = /^(\.|~\$|Thumbs\.db$|desktop\.ini$)/i;

/** The files that somebody dropped or pasted, those in folders as well, in the order of their names. */
export async function droppedFiles(data: DataTransfer): Promise<readonly File[]> {
  // Entries are only there as long as the event is handled: all are taken before anything is awaited.
  const entries = [...data.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  const plain = [...data.files];
  if (entries.every((entry) => entry === null)) return wanted(plain);
  const found: File[] = [];
  for (const entry of entries) if (entry !== null) await collect(entry, found);
  return wanted(found);
}

/** Without what systems put beside files. */
export function wanted(files: Iterable<File>): readonly File[] {
  return [...files].filter((file) => !ownFiles.test(file.name));
}

async function collect(entry: FileSystemEntry, into: File[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File | null>((resolve) => {
      (entry as FileSystemFileEntry).file(resolve, () => resolve(null));
    });
    if (file !== null) into.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside: FileSystemEntry[] = [];
  while (true) {
    // A folder is given in parts, until an empty one.
    const part = await new Promise<readonly FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (part.length === 0) break;
    inside.push(...part);
  }
  inside.sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
  for (const one of inside) await collect(one, into);
}
