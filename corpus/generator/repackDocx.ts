import { ZipFile } from 'yazl';
import { openArchive } from '../../pipeline/read/archive.ts';

const wordprocessingShape = 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape';

/**
 * Packs a document again so that its bytes follow from its content alone: no dates and no ids made at random.
 *
 * @param modernBoxes text boxes as Word 2010 and later write them: DrawingML, with the VML beside it as a fallback
 */
export async function repackDocx(bytes: Uint8Array, modernBoxes: boolean): Promise<Uint8Array> {
  const archive = await openArchive(bytes, 'document.docx');
  const packed = new ZipFile();
  const mtime = new Date(2025, 0, 1);
  for (const entry of archive.entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    let content = Buffer.from(archive.read(entry));
    if (/\.(xml|rels)$/.test(entry.name)) {
      let text = content.toString('utf8').replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '2025-01-01T00:00:00Z');
      let drawn = 0;
      text = text.replace(/<v:shape id="[^"]*"/g, () => `<v:shape id="box${++drawn}"`);
      text = text.replace(/<wp:docPr id="[^"]*"/g, () => `<wp:docPr id="${++drawn}"`);
      if (modernBoxes) text = text.replace(/<w:pict>(?:(?!<\/w:pict>).)*<\/w:pict>/gs, withDrawing);
      content = Buffer.from(text);
    }
    packed.addBuffer(content, entry.name, { mtime, mode: 0o100644 });
  }
  packed.end();
  const chunks: Buffer[] = [];
  for await (const chunk of packed.outputStream) chunks.push(Buffer.from(chunk));
  return new Uint8Array(Buffer.concat(chunks));
}

function withDrawing(picture: string): string {
  const content = /<w:txbxContent>.*<\/w:txbxContent>/s.exec(picture)?.[0];
  if (content === undefined) return picture;
  const [width, height] = [442 * 12_700, 64 * 12_700];
  const geometry = `<a:xfrm><a:off x="0" y="0"/><a:ext cx="${width}" cy="${height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>`;
  const shape = `<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>${geometry}</wps:spPr><wps:txbx>${content}</wps:txbx><wps:bodyPr/></wps:wsp>`;
  const drawing =
    `<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${width}" cy="${height}"/><wp:docPr id="900" name="文本框"/><wp:cNvGraphicFramePr/>` +
    `<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="${wordprocessingShape}">${shape}</a:graphicData></a:graphic></wp:inline></w:drawing>`;
  return `<mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice><mc:Fallback>${picture}</mc:Fallback></mc:AlternateContent>`;
}
