import { HongtouError } from '../../../models/index.ts';
import { type Archive, openArchive } from '../archive.ts';
import { childOf, childrenOf, parseXml, type XmlElement } from '../xml.ts';
import { builtInFormats } from './numberFormat.ts';

/** How a cell looks, as far as it says something about a notice. */
export interface CellStyle {
  /** null: General. */
  readonly format: string | null;
  readonly bordered: boolean;
  readonly bold: boolean;
  readonly red: boolean;
  readonly align: 'left' | 'center' | 'right' | null;
}

export interface SheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly root: XmlElement;
  /** Names of pictures on the sheet. */
  readonly pictures: readonly string[];
}

export interface Workbook {
  readonly sheets: readonly SheetPart[];
  readonly strings: readonly string[];
  readonly styles: readonly CellStyle[];
  readonly date1904: boolean;
}

/**
 * Reads the parts of a workbook (ECMA-376 part 1, 18). Values are those that the last program calculated; nothing is
 * calculated here and nothing outside of the file is looked at.
 * @throws HongtouError FILE_DAMAGED, LIMIT_EXCEEDED, UNSUPPORTED_FORMAT (the binary form, .xlsb)
 */
export async function openWorkbook(bytes: Uint8Array, fileName: string): Promise<Workbook> {
  const archive = await openArchive(bytes, fileName);
  const partOf = (path: string): XmlElement | null => {
    const entry = archive.find(path);
    return entry === null ? null : parseXml(archive.read(entry), fileName, entry.name).root;
  };
  if (archive.find('xl/workbook.bin') !== null)
    throw new HongtouError('UNSUPPORTED_FORMAT', { fileName, detail: 'a binary Excel workbook (xlsb)' });
  const mainPath = mainPart(archive, partOf) ?? 'xl/workbook.xml';
  const main = partOf(mainPath);
  if (main === null) throw new HongtouError('FILE_DAMAGED', { fileName, reason: 'the workbook has no workbook part' });
  const relations = relationsOf(mainPath, partOf);
  const byType = (type: string): XmlElement | null => {
    const target = relations.find((relation) => relation.type.endsWith(`/${type}`))?.target;
    return target === undefined ? null : partOf(target);
  };
  const sheets: SheetPart[] = [];
  for (const sheet of childrenOf(childOf(main, 'sheets'), 'sheet')) {
    const target = relations.find((relation) => relation.id === sheet.attributes['r:id'])?.target;
    const root = target === undefined ? null : partOf(target);
    // Sheets of charts and macros hold no cells.
    if (target === undefined || root === null || root.name !== 'worksheet') continue;
    const drawings = relationsOf(target, partOf).filter((relation) => relation.type.endsWith('/drawing'));
    sheets.push({
      name: sheet.attributes.name ?? '',
      hidden: /hidden/i.test(sheet.attributes.state ?? ''),
      root,
      pictures: drawings.flatMap((drawing) => picturesIn(partOf(drawing.target))),
    });
  }
  if (sheets.length === 0) throw new HongtouError('FILE_DAMAGED', { fileName, reason: 'the workbook has no sheets' });
  const date1904 = childOf(main, 'workbookPr')?.attributes.date1904;
  return {
    sheets,
    strings: childrenOf(byType('sharedStrings'), 'si').map(richText),
    styles: stylesOf(byType('styles')),
    date1904: date1904 === '1' || date1904 === 'true',
  };
}

/** The text of a string item: runs joined, phonetic guides left out. */
export function richText(item: XmlElement): string {
  return item.children
    .map((child) => (child.name === 't' ? child.text : child.name === 'r' ? (childOf(child, 't')?.text ?? '') : ''))
    .join('')
    .replace(/_x([\dA-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

function relationsOf(part: string, partOf: (path: string) => XmlElement | null): Relation[] {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const root = partOf(`${folder}_rels/${part.slice(slash + 1)}.rels`);
  return childrenOf(root, 'Relationship')
    .filter((relation) => relation.attributes.TargetMode !== 'External')
    .map(({ attributes }) => {
      const target = attributes.Target ?? '';
      return {
        id: attributes.Id ?? '',
        type: attributes.Type ?? '',
        target: target.startsWith('/') ? target.slice(1) : folder + target,
      };
    });
}

function mainPart(archive: Archive, partOf: (path: string) => XmlElement | null): string | null {
  if (archive.find('_rels/.rels') === null) return null;
  const relation = childrenOf(partOf('_rels/.rels'), 'Relationship').find(({ attributes }) =>
    attributes.Type?.endsWith('/officeDocument'),
  );
  return relation?.attributes.Target?.replace(/^\//, '') ?? null;
}

function picturesIn(drawing: XmlElement | null): string[] {
  const names: string[] = [];
  const visit = (element: XmlElement): void => {
    if (element.name === 'pic') {
      const about = childOf(childOf(element, 'nvPicPr'), 'cNvPr');
      names.push(about?.attributes.descr ?? about?.attributes.title ?? '');
    } else for (const child of element.children) visit(child);
  };
  if (drawing !== null) visit(drawing);
  return names;
}

function stylesOf(root: XmlElement | null): CellStyle[] {
  const formats = new Map(
    childrenOf(childOf(root, 'numFmts'), 'numFmt').map(({ attributes }) => [
      Number(attributes.numFmtId),
      attributes.formatCode ?? '',
    ]),
  );
  const fonts = childrenOf(childOf(root, 'fonts'), 'font');
  const borders = childrenOf(childOf(root, 'borders'), 'border').map((border) =>
    border.children.some(
      (side) => /^(?:left|right|top|bottom|start|end)$/.test(side.name) && (side.attributes.style ?? 'none') !== 'none',
    ),
  );
  return childrenOf(childOf(root, 'cellXfs'), 'xf').map((xf) => {
    const id = Number(xf.attributes.numFmtId ?? 0);
    const font = fonts[Number(xf.attributes.fontId ?? 0)];
    const align = childOf(xf, 'alignment')?.attributes.horizontal;
    return {
      format: formats.get(id) ?? builtInFormats[id] ?? null,
      bordered: borders[Number(xf.attributes.borderId ?? 0)] ?? false,
      bold: isOn(childOf(font, 'b')),
      red: /^(?:FF)?(?:[C-F][\dA-F])(?:[0-3][\dA-F]){2}$/i.test(childOf(font, 'color')?.attributes.rgb ?? ''),
      align:
        align === 'center' || align === 'centerContinuous'
          ? 'center'
          : align === 'right'
            ? 'right'
            : align === 'left'
              ? 'left'
              : null,
    };
  });
}

function isOn(element: XmlElement | null): boolean {
  return element !== null && !/^(?:0|false)$/.test(element.attributes.val ?? '1');
}
