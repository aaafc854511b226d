import type { LayoutLine } from '../../../models/index.ts';
import { childOf, childrenOf, type XmlElement } from '../xml.ts';
import type { DocxContext } from './context.ts';
import { renderNumber } from './numberFormats.ts';
import { readPart, relationshipsOf, targetOfType } from './package.ts';

/** The footnotes and endnotes that the text refers to, in the order in which it does, each with its number. */
export function readNotes(settings: XmlElement | null, context: DocxContext): LayoutLine[] {
  const lines: LayoutLine[] = [];
  for (const kind of ['footnote', 'endnote'] as const) {
    const references = context.noteReferences.filter((reference) => reference.startsWith(`${kind}/`));
    if (references.length === 0) continue;
    const path = targetOfType(context.relations, `${kind}s`);
    const root = readPart(context.source, path);
    if (root === null || path === null) continue;
    const notes = new Map(childrenOf(root, kind).map((note) => [`${kind}/${note.attributes.id ?? ''}`, note]));
    const stated = childOf(childOf(settings, `${kind}Pr`), 'numFmt')?.attributes.val;
    const format = stated ?? (kind === 'footnote' ? 'decimal' : 'lowerRoman');
    const own = { ...context, relations: relationshipsOf(context.source, path), noteReferences: [] };
    references.forEach((reference, index) => {
      const note = notes.get(reference);
      if (note === undefined) return;
      const blocks = context.readBlocks(note, own).filter((block) => block.type === 'line');
      blocks.forEach((line, at) => {
        const number = at === 0 ? `${renderNumber(index + 1, format)} ` : '';
        lines.push({ ...line, text: `${number}${line.text.trim()}`, role: 'footnote' });
      });
    });
  }
  return lines;
}
