/** A file as a user gave it. `fileName` is for people and messages; it is never used as a path. */
export interface SourceFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** Limits of reading; every reader keeps to them and says so with LIMIT_EXCEEDED, FILE_TOO_LARGE or TEXT_TOO_LONG. */
export const readLimits = {
  /** Bytes of one file. */
  fileBytes: 200 * 1024 * 1024,
  /** Bytes of a file that is text alone (TXT, Markdown, HTML). */
  textBytes: 20 * 1024 * 1024,
  /** Characters (UTF-16 code units) of text in one file: a notice of 1,000 pages has fewer. */
  textLength: 2_000_000,
  pages: 3_000,
  /** Archives (ZIP, DOCX, OFD, XLSX): unpacked bytes in all, entries, depth of archives in archives, unpacked/packed. */
  archiveBytes: 500 * 1024 * 1024,
  archiveEntries: 5_000,
  archiveDepth: 3,
  archiveRatio: 200,
} as const;
