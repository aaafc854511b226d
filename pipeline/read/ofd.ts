import {
  type Box,
  type Diagnostic,
  HongtouError,
  type Layout,
  type LayoutPage,
  readLimits,
  type SourceFile,
} from '../../models/index.ts';
import { composeLayout, type Figure, hasSealSize, type PageContent } from './geometry/index.ts';
import { drawPage, type ListedPage, type OfdPage, openPage, readDocuments } from './ofd/document.ts';
import { pointsPerMillimetre } from './ofd/numbers.ts';
import { type OfdPackage, openOfdPackage, readOfdPart } from './ofd/package.ts';
import { withoutCoveredSeals } from './ofd/pageContent.ts';
import type { Resources } from './ofd/resources.ts';
import { type OfdSignature, readSignatures } from './ofd/signatures.ts';
import { isMostlyRed } from './pdf/redPicture.ts';
import { childOf, childrenOf } from './xml.ts';

export interface OfdReadOptions {
  /** Looked at before each page; the reason is thrown. */
  readonly signal?: AbortSignal;
  /** Called before each page is read; pages count from 1. */
  readonly onPage?: (page: number, pageCount: number) => void;
}

/**
 * Reads an OFD document (GB/T 33190-2016): lines with a box and an edge per character, ruled tables, rules, seals and
 * pictures by where they stand, whatever their order in the file; the pages of several documents one after the other.
 * Positions are points from the top left of the paper. Fonts are not opened: what a character is follows from the text
 * codes alone, and a page whose codes mean nothing is marked `needsRecognition`.
 *
 * @throws FILE_EMPTY, FILE_DAMAGED, FILE_ENCRYPTED, LIMIT_EXCEEDED, TEXT_TOO_LONG
 */
export async function readOfd(input: SourceFile, options: OfdReadOptions = {}): Promise<Layout> {
  const source = await openOfd(input);
  const documents = readDocuments(source);
  const pages = documents.flatMap((document) => document.pages);
  const signatures = documents.flatMap((document, index) => {
    const first = documents.slice(0, index).reduce((sum, before) => sum + before.pages.length, 0);
    return document.signatures === null
      ? []
      : readSignatures(source, document.signatures, (id) => {
          const at = document.pages.findIndex((page) => page.id === id);
          const page = document.pages[at];
          return page === undefined ? undefined : { page: first + at + 1, matrix: openPage(source, page).matrix };
        });
  });
  const contents: PageContent[] = [];
  let length = 0;
  for (const [index, page] of pages.entries()) {
    options.signal?.throwIfAborted();
    options.onPage?.(index + 1, pages.length);
    const content = await contentOf(source, openPage(source, page), index + 1, signatures);
    length += content.glyphs.length;
    if (length > readLimits.textLength) {
      throw new HongtouError('TEXT_TOO_LONG', { fileName: input.fileName, length, limit: readLimits.textLength });
    }
    contents.push(content);
  }
  const composed = composeLayout(contents);
  return {
    mediaType: 'application/ofd',
    paged: true,
    pages: composed.pages.map((page) => withSealNames(page, signatures)),
    signatures: signatures.map((item) => item.signature),
    diagnostics: [...source.diagnostics, ...composed.diagnostics, ...attachmentDiagnostics(source, documents)],
  };
}

/** The picture of a page for recognition, encoded, and where it lies on the page in points (null: all over it). */
export interface PagePicture {
  readonly picture: { readonly bytes: Uint8Array };
  readonly box: Box | null;
}

/**
 * The pictures of pages, by page number from 1, for pages that need recognition: the scan as it is in the file where
 * the page is nothing else, otherwise its pictures and paths drawn (glyphs are often drawn as paths). null for a page
 * with neither.
 */
export function ofdPageImages(input: SourceFile): (page: number) => Promise<PagePicture | null> {
  let opened: Promise<{ source: OfdPackage; pages: readonly ListedPage[] }> | undefined;
  return async (number) => {
    opened ??= openOfd(input).then((source) => ({
      source,
      pages: readDocuments(source).flatMap((document) => document.pages),
    }));
    const { source, pages } = await opened;
    const listed = pages[number - 1];
    if (listed === undefined) return null;
    const page = openPage(source, listed);
    // Drawing needs a library that reading does without.
    const { pictureOfPage } = await import('./ofd/pagePicture.ts');
    return pictureOfPage(source, page, drawPage(source, page, number, true));
  };
}

async function openOfd(input: SourceFile): Promise<OfdPackage> {
  if (input.bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName: input.fileName });
  return openOfdPackage(input);
}

async function contentOf(
  source: OfdPackage,
  page: OfdPage,
  number: number,
  signatures: readonly OfdSignature[],
): Promise<PageContent> {
  const { glyphs, strokes, figures, pictures, resources } = drawPage(source, page, number);
  const seen: Figure[] = [...figures];
  for (const { resource, box } of pictures) {
    const isSeal = hasSealSize(box) && (await isRedPicture(source, resources, resource));
    seen.push({ kind: isSeal ? 'seal' : 'picture', box });
  }
  for (const { stamps } of signatures) {
    for (const stamp of stamps)
      if (stamp.page === number && hasSealSize(stamp.box)) seen.push({ kind: 'seal', box: stamp.box });
  }
  return {
    width: page.box[2] * pointsPerMillimetre,
    height: page.box[3] * pointsPerMillimetre,
    glyphs,
    strokes,
    figures: withoutCoveredSeals(seen),
  };
}

/** Pixels that a seal's picture may have at most; larger ones are no seals. */
const sealPixels = 4_000_000;

async function isRedPicture(source: OfdPackage, resources: Resources, resource: string): Promise<boolean> {
  const entry = source.archive.find(resources.media.get(resource) ?? '');
  if (entry === null) return false;
  try {
    // Loaded only where a picture may be a seal: most documents have none.
    const { default: sharp } = await import('sharp');
    const { data, info } = await sharp(source.archive.read(entry), { limitInputPixels: sealPixels })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return isMostlyRed({ data, width: info.width, height: info.height }) === true;
  } catch {
    // A format that is not known here, or a damaged picture: it stays a picture.
    return false;
  }
}

/** A seal put on by a signature carries the name of its electronic seal, though its picture is not read. */
function withSealNames(page: LayoutPage, signatures: readonly OfdSignature[]): LayoutPage {
  const stamps = signatures.flatMap(({ signature, stamps: places }) =>
    places.filter((place) => place.page === page.page).map((place) => ({ name: signature.signer, box: place.box })),
  );
  if (stamps.length === 0) return page;
  return {
    ...page,
    blocks: page.blocks.map((block) => {
      if (block.type !== 'seal' || block.text !== null || block.box === null) return block;
      const [x0, y0, x1, y1] = block.box;
      const stamp = stamps.find(({ box }) => Math.hypot(box[0] - x0, box[1] - y0, box[2] - x1, box[3] - y1) < 2);
      return stamp === undefined ? block : { ...block, text: stamp.name };
    }),
  };
}

/** 20: files attached to the document are not part of its pages. */
function attachmentDiagnostics(source: OfdPackage, documents: ReturnType<typeof readDocuments>): Diagnostic[] {
  const names = documents.flatMap((document) => {
    const location = childOf(document.root, 'Attachments')?.text;
    const list = location === undefined ? null : (readOfdPart(source, location, document.path)?.root ?? null);
    return childrenOf(list, 'Attachment').map((item) => item.attributes.Name ?? '');
  });
  if (names.length === 0) return [];
  const message = `文件带有附带文件${names.map((name) => `“${name}”`).join('、')}，其内容未读取。`;
  return [{ code: 'ofd-attached-files', severity: 'info', message, page: null }];
}
