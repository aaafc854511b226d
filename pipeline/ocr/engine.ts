import type { Gray } from './prepare/raster.ts';

export type EngineName = 'pp' | 'tesseract';

/** A character as read. */
export interface ReadCharacter {
  readonly text: string;
  /** Its middle, in pixels of the strip from the left. */
  readonly x: number;
  /** 0 to 1, as the engine says it. */
  readonly confidence: number;
  /** What the engine held second most likely; null where it was sure or does not say. */
  readonly second: string | null;
  /** Others that it held possible, one character each, the likeliest first; absent where there were none. */
  readonly rivals?: string;
}

/** One line of text as read. Spaces are characters where the engine gives them. */
export interface LineReading {
  readonly characters: readonly ReadCharacter[];
}

/** A horizontal strip of a page that holds one line of dark text on white. */
export interface Strip {
  readonly image: Gray;
  /** Size of a full-width character, in pixels of the strip. */
  readonly em: number;
}

/**
 * What reads lines. Strips are read independently of each other; the result has one reading a strip, empty where
 * nothing was read. The signal is looked at between strips; its reason is thrown.
 */
export interface LineReader {
  readonly name: EngineName;
  /** Whether the engine has this character at all. */
  canRead(character: string): boolean;
  readLines(strips: readonly Strip[], options?: ReadOptions): Promise<LineReading[]>;
  close(): Promise<void>;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** true: slower and more exact. */
  readonly careful?: boolean;
}

export const readingText = (reading: LineReading): string => reading.characters.map((c) => c.text).join('');
