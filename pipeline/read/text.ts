import { type Layout, layoutLine, layoutPage, type SourceFile } from '../../models/index.ts';

/** Reads plain text; paragraphs and tables are found by the stages after reading. */
export async function readText(input: SourceFile): Promise<Layout> {
  const text = new TextDecoder().decode(input.bytes);
  return {
    mediaType: 'text/plain',
    paged: false,
    pages: [layoutPage(text.split(/\r?\n/).map((line) => layoutLine(line)))],
    signatures: [],
    diagnostics: [],
  };
}
