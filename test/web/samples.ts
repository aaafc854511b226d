import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { renderPdf } from '../../corpus/generator/pdf.ts';
import { randomNotice } from '../../corpus/generator/randomNotice.ts';
import { packageRoot } from '../../server/packageRoot.ts';
import { sampleSpec } from '../read/sampleSpec.ts';

const notices = path.join(packageRoot, 'corpus/notices');

/** The text of a notice of the corpus. */
export function corpusText(id: string): Buffer {
  return readFileSync(path.join(notices, id, 'notice.txt'));
}

export const corpusIds: readonly string[] = readdirSync(notices).sort();

/** An invented notice as PDF, with letterhead, table and seal. */
export async function samplePdf(): Promise<Buffer> {
  return Buffer.from((await renderPdf(sampleSpec, { seed: 7 })).bytes);
}

export async function randomPdf(seed: number): Promise<Buffer> {
  return Buffer.from((await renderPdf(randomNotice(seed).spec, { seed })).bytes);
}
