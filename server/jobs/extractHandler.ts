import type { Logger } from 'pino';
import { HongtouError } from '../../models/index.ts';
import type { EngineChoice } from '../../pipeline/ocr/openEngines.ts';
import type { RecognizedPages } from '../store/recognizedPages.ts';
import type { Store } from '../store/store.ts';
import type { Readers, ReadResult } from './readers.ts';
import type { JobHandler } from './runner.ts';

export interface ExtractWork {
  readonly store: Store;
  /** Processes for files with text. */
  readonly readers: Readers;
  /** Processes for scans, which hold the engines. */
  readonly recognizers: Readers;
  /** `none`: pages without text are only reported. */
  readonly ocr: EngineChoice | 'none';
  readonly pages: RecognizedPages;
  readonly log: Logger;
}

/**
 * Reads the file of a job in a process of its own and puts the result into the library. A file with pages without text
 * is passed on to the lane of recognition; there, pages that an earlier attempt finished are not recognised again.
 */
export function extractHandler({ store, readers, recognizers, ocr, pages, log }: ExtractWork): JobHandler {
  return async (job, { signal, onProgress }) => {
    const file = await store.findFile(job.fileId);
    if (file === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${job.fileId}` });
    const path = await store.originalPath(job.fileId);
    const source = { path, fileName: file.fileName };
    let result: ReadResult;
    if (job.lane === 'recognize' && ocr !== 'none') {
      const pagesFolder = pages.folderOf(job.fileId);
      result = await recognizers.read({ ...source, ocr, pagesFolder }, { signal, onProgress });
    } else {
      const ask = job.lane === 'read' && ocr !== 'none';
      result = await readers.read({ ...source, ocr: ask ? 'ask' : 'none', pagesFolder: null }, { signal, onProgress });
    }
    if (result.outcome === 'aborted') return result;
    if (result.outcome === 'scanned') {
      const progress = { page: 0, pageCount: result.pageCount, stage: 'recognize' };
      return { outcome: 'passed-on', lane: 'recognize', progress };
    }
    if (result.outcome === 'failed') {
      if (result.detail !== null) log.error({ jobId: job.jobId, detail: result.detail }, 'a reader broke');
      return { outcome: 'failed', problem: result.problem, retry: result.retry };
    }
    if (result.outcome !== 'read') throw new Error(`A reader answered "${result.outcome}" instead of a reading.`);
    const { extraction, extractorVersion, pages: views } = result;
    await store.saveExtraction(job.fileId, extraction, extractorVersion, job.actor, views);
    return { outcome: 'done' };
  };
}
