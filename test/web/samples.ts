import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { renderOfd } from '../../corpus/generator/ofd.ts';
import { renderPdf } from '../../corpus/generator/pdf.ts';
import { randomNotice } from '../../corpus/generator/randomNotice.ts';
import { renderScan, type ScanPage } from '../../corpus/generator/scan.ts';
import { scanPdf } from '../../corpus/generator/scanPdf.ts';
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

export async function sampleOfd(): Promise<Buffer> {
  return Buffer.from((await renderOfd(sampleSpec, { seed: 3 })).bytes);
}

let scanned: Promise<readonly ScanPage[]> | undefined;

/** The first two pages of the invented notice as an office scanner leaves them: askew, with noise, a seal over the date. */
function scans(): Promise<readonly ScanPage[]> {
  scanned ??= renderScan(sampleSpec, {
    seed: 5,
    dpi: 120,
    skew: 0.5,
    noise: 4,
    jpegQuality: 50,
    sealOverDate: true,
  }).then((pages) => pages.slice(0, 2));
  return scanned;
}

/** A PDF that is nothing but pictures of its pages. */
export async function scannedPdf(): Promise<Buffer> {
  return Buffer.from(await scanPdf(await scans(), 5));
}

/** The photograph of a page. */
export async function photo(): Promise<Buffer> {
  return Buffer.from((await scans())[0]?.image ?? new Uint8Array());
}
