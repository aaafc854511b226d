import { type Diagnostic, HongtouError } from '../../models/index.ts';
import type { EngineName, LineReader } from './engine.ts';
import type { PageEngines } from './recognizePage.ts';
import { tellTrouble } from './tellTrouble.ts';

export type EngineChoice = 'auto' | 'pp' | 'tesseract';

/** How engines are started; a test gives others. */
export interface EngineOpeners {
  readonly pp: () => Promise<LineReader>;
  /** `alone`: it reads everything; else only what is read again. */
  readonly tesseract: (alone: boolean) => Promise<LineReader>;
}

const installed: EngineOpeners = {
  pp: async () => (await import('./ppOcr.ts')).openPpOcr(),
  // A worker needs 250 MB; one keeps up with what is read again.
  tesseract: async (alone) => (await import('./tesseract.ts')).openTesseract(alone ? undefined : 1),
};

/** Engines that are running; to be used for any number of files one after the other, and closed. */
export interface OcrEngines extends PageEngines {
  readonly diagnostics: readonly Diagnostic[];
  close(): Promise<void>;
}

/**
 * Starts the engines of a choice: `auto` is PP-OCR with tesseract.js for a second reading, and tesseract.js alone where
 * PP-OCR cannot be loaded on this machine (diagnostic `ocr-engine-missing`). Throws OCR_UNAVAILABLE where none of what
 * was chosen can be loaded.
 */
export async function openEngines(choice: EngineChoice, openers: EngineOpeners = installed): Promise<OcrEngines> {
  const diagnostics: Diagnostic[] = [];
  const reasons: string[] = [];
  const attempt = async (name: EngineName, open: () => Promise<LineReader>): Promise<LineReader | null> => {
    try {
      return await open();
    } catch (error) {
      tellTrouble(`the recogniser ${name} cannot be started`, error);
      reasons.push(error instanceof Error ? error.message : String(error));
      diagnostics.push({
        code: 'ocr-engine-missing',
        severity: 'warning',
        message: `识别引擎${name === 'pp' ? ' PP-OCR（onnxruntime）' : ' tesseract.js '}无法在本机启动，未使用该引擎。`,
        page: null,
      });
      return null;
    }
  };
  const pp = choice === 'tesseract' ? null : await attempt('pp', openers.pp);
  const tesseract = choice === 'pp' ? null : await attempt('tesseract', () => openers.tesseract(pp === null));
  const first = pp ?? tesseract;
  if (!first) throw new HongtouError('OCR_UNAVAILABLE', { reason: reasons.join('; ') });
  return {
    first,
    second: pp ? tesseract : null,
    diagnostics,
    close: async () => {
      await pp?.close();
      await tesseract?.close();
    },
  };
}

/** Engines for many files: started when the first one needs them. */
export interface SharedEngines {
  /** The same engines each time. Throws what `openEngines` throws; then the next call tries again. */
  open(): Promise<OcrEngines>;
  /** They may be opened again. */
  close(): Promise<void>;
}

export function sharedEngines(choice: EngineChoice, openers: EngineOpeners = installed): SharedEngines {
  let opening: Promise<OcrEngines> | undefined;
  return {
    open() {
      opening ??= openEngines(choice, openers).catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    async close() {
      const opened = opening;
      opening = undefined;
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}
