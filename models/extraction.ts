import { z } from 'zod';
import { Diagnostic, Finding } from './finding.ts';
import { Notice } from './notice.ts';

export const SourceInfo = z
  .object({
    fileName: z.string(),
    mediaType: z.string(),
    sha256: z.string(),
    pageCount: z.int().min(1).meta({ description: '1 for formats without pages.' }),
    textOrigin: z.enum(['text', 'ocr', 'mixed']),
  })
  .readonly()
  .meta({ id: 'SourceInfo', title: '来源文件' });
export type SourceInfo = z.infer<typeof SourceInfo>;

/** What `hongtou extract --json` prints for one file. */
export const Extraction = z
  .object({
    schemaVersion: z.literal(1),
    source: SourceInfo,
    text: z.string().meta({ description: 'Normalised text of the whole file; every evidence offset points into it.' }),
    notices: z.array(Notice).readonly().meta({ description: 'Outermost first.' }),
    findings: z.array(Finding).readonly(),
    diagnostics: z.array(Diagnostic).readonly(),
  })
  .readonly()
  .meta({ id: 'Extraction', title: '提取结果' });
export type Extraction = z.infer<typeof Extraction>;
