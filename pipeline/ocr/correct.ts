import type { Diagnostic, Layout } from '../../models/index.ts';
import type { RecognizedPage } from './recognizePage.ts';

export function correctParts(
  pages: ReadonlyMap<number, RecognizedPage>,
  _layout: Layout,
): { pages: ReadonlyMap<number, RecognizedPage>; diagnostics: Diagnostic[] } {
  return { pages, diagnostics: [] };
}
