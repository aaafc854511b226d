import { createHash } from 'node:crypto';
import { type Extraction, emptyNotice, type Notice } from '../models/index.ts';

/** A notice without any fact but those given. */
export function bareNotice(known: Partial<Notice> = {}): Notice {
  return { ...emptyNotice, ...known };
}

/** What an extractor might say of a text, for tests of what happens afterwards. */
export function extractionOf(text: string, notices: readonly Notice[] = [bareNotice()]): Extraction {
  return {
    schemaVersion: 1,
    source: {
      fileName: 'notice.txt',
      mediaType: 'text/plain',
      sha256: sha256Of(text),
      pageCount: 1,
      textOrigin: 'text',
    },
    text,
    notices,
    findings: [],
    diagnostics: [],
  };
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A value that stands in the text. */
export function sourced(text: string, value: string) {
  const start = text.indexOf(value);
  if (start < 0) throw new Error(`"${value}" does not stand in the text.`);
  return { value, evidence: [{ page: 1, start, end: start + value.length, quote: value, confidence: 1 }] };
}
