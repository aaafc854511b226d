import { renderDocx } from './generator/docx.ts';
import { renderHtml } from './generator/html.ts';
import type { LaidOutPage } from './generator/laidOut.ts';
import { renderOfd } from './generator/ofd.ts';
import { renderPdf } from './generator/pdf.ts';
import type { NoticeSpec } from './generator/spec.ts';
import { renderText } from './generator/text.ts';

/** A way to write a notice as a file. */
export interface Format {
  readonly name: string;
  readonly ending: string;
  readonly render: (spec: NoticeSpec, seed: number) => Promise<Rendered>;
}

export interface Rendered {
  readonly bytes: Uint8Array;
  /** Where every character stands; formats without geometry have none. */
  readonly truth?: readonly LaidOutPage[];
}

const docx = async (spec: NoticeSpec, seed: number, numbering: 'typed' | 'automatic'): Promise<Rendered> => ({
  bytes: (await renderDocx(spec, { seed, numbering })).bytes,
});

/** The formats that this project renders itself; the first is what the others are compared with. */
export const formats: readonly Format[] = [
  { name: 'text', ending: 'txt', render: async (spec) => ({ bytes: Buffer.from(renderText(spec)) }) },
  { name: 'docx, typed numbers', ending: 'docx', render: async (spec, seed) => docx(spec, seed, 'typed') },
  { name: 'docx, automatic numbers', ending: 'docx', render: async (spec, seed) => docx(spec, seed, 'automatic') },
  { name: 'html', ending: 'html', render: async (spec, seed) => ({ bytes: renderHtml(spec, { seed }) }) },
  { name: 'pdf', ending: 'pdf', render: (spec, seed) => renderPdf(spec, { seed }) },
  { name: 'ofd', ending: 'ofd', render: (spec, seed) => renderOfd(spec, { seed }) },
];
