import { PassThrough, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { cleanFileName } from '../http/fileName.ts';
import type { Store } from '../store/store.ts';
import { aboutLines, type ExportFacts } from './about.ts';
import type { ExportedNotice } from './readFacts.ts';
import { writeWorkbook } from './writeWorkbook.ts';

/**
 * The originals as they came, each once, with the workbook of their notices and a text about the export. A file with a
 * notice that was left out is left out as a whole.
 */
export async function writeArchive(
  facts: ExportFacts,
  exported: AsyncIterable<ExportedNotice>,
  store: Store,
  target: Writable,
): Promise<void> {
  const archive = new yazl.ZipFile();
  const failed = new Promise<never>((_resolve, reject) => archive.once('error', reject));
  failed.catch(() => undefined);
  const written = pipeline(archive.outputStream, target);
  written.catch(() => undefined);
  const workbook = new PassThrough();
  const bytes = buffer(workbook);
  await writeWorkbook(facts, exported, workbook);
  archive.addBuffer(await bytes, '公文清单.xlsx', { compress: false });
  const named = new Set(facts.notices.map(({ fileId, noticeId }) => `${fileId} ${noticeId}`));
  const used = new Set<string>();
  const done = new Set<string>();
  const heldBack: string[] = [];
  for (const { fileId, fileName } of facts.notices) {
    if (done.has(fileId)) continue;
    done.add(fileId);
    const inFile = await store.listNotices({ fileIds: [fileId], limit: 500, offset: 0 });
    const isWhole = inFile.items.every(
      (notice) => !notice.restricted || named.has(`${notice.fileId} ${notice.noticeId}`),
    );
    if (!isWhole) {
      heldBack.push(fileName);
      continue;
    }
    archive.addFile(await store.originalPath(fileId), `原件/${entryName(fileName, used)}`, {
      compress: isLoose.test(fileName),
    });
  }
  const held = heldBack.length === 0 ? [] : [`${heldBack.length}个原件含有未导出的公文，原件未放入`];
  archive.addBuffer(Buffer.from(`${[...aboutLines(facts), ...held].join('\r\n')}\r\n`), '说明.txt');
  archive.end();
  await Promise.race([written, failed]);
}

/** What other formats hold is packed already. */
const isLoose = /\.(txt|md|html?|xml|csv|doc|rtf|bmp|tiff?)$/i;

/** A name that every system can unpack, and no two the same, whatever their case. */
function entryName(fileName: string, used: Set<string>): string {
  const safe = cleanFileName(fileName)
    .replace(/[<>:"/\\|?*]/g, '_')
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, '_$1')
    .replace(/[. ]+$/, '');
  const dot = safe.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [safe.slice(0, dot), safe.slice(dot)] : [safe, ''];
  let name = safe;
  for (let count = 2; used.has(name.toLowerCase()); count += 1) name = `${stem} (${count})${ending}`;
  used.add(name.toLowerCase());
  return name;
}
