import { createHash } from 'node:crypto';
import type { FormModel, ReturnResult } from '../models/index.ts';
import { sniff } from './read/sniff.ts';
import { readReturn } from './returns/readReturn.ts';

/** Workbooks of other programs that LibreOffice saves as .xlsx for us: .xls and .et (Excel 97-2003, WPS), .ods, Excel XML. */
const converted = { xls: 'xls', ods: 'ods', 'excel-xml': 'excel.xml' } as const;

/**
 * Reads one returned file against the forms of a campaign, as `readReturn` does, and older workbooks (.xls, .et, .ods)
 * besides, where LibreOffice is on this machine. Throws HongtouError for a file that cannot be read at all:
 * CONVERTER_MISSING where it would need LibreOffice.
 */
export async function readReturnFile(
  bytes: Uint8Array,
  fileName: string,
  forms: readonly FormModel[],
): Promise<ReturnResult> {
  const { kind } = await sniff(bytes);
  if (kind !== 'xls' && kind !== 'ods' && kind !== 'excel-xml') return readReturn(bytes, fileName, forms);
  const { convertThroughOffice } = await import('./read/throughOffice.ts');
  const workbook = await convertThroughOffice({ fileName, bytes }, converted[kind]);
  const result = await readReturn(workbook.bytes, fileName, forms);
  // A converted file is never twice the same: what came in is what counts.
  return { ...result, sha256: createHash('sha256').update(bytes).digest('hex') };
}
