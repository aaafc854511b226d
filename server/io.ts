/** Where a command writes. stdout carries only results; everything else goes to stderr. */
export interface Io {
  /** Resolves when the text is handed over. Says nothing more once the reader has gone (`| head`). */
  out(text: string): Promise<void>;
  err(line: string): void;
  /** A line that the next one replaces. Where stderr is no terminal: nothing, or with `keep` a line that stays. */
  progress(line: string, keep?: boolean): void;
  /** The reader of stdout has gone: go on only with what has effects of its own. */
  readonly outIsClosed: boolean;
}

/** The streams of this process. */
export function standardIo(): Io {
  let outIsClosed = false;
  let progressShown = false;
  // Without this, writing to a closed pipe ends the process with a stack trace.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    outIsClosed = true;
  });
  const clearProgress = () => {
    if (progressShown) process.stderr.write('\r\u001b[K');
    progressShown = false;
  };
  return {
    out(text) {
      if (outIsClosed) return Promise.resolve();
      return new Promise((resolve) => {
        process.stdout.write(text, () => resolve());
      });
    },
    err(line) {
      clearProgress();
      process.stderr.write(`${printable(line)}\n`);
    },
    progress(line, keep = false) {
      if (!process.stderr.isTTY) {
        if (keep) process.stderr.write(`${printable(line)}\n`);
        return;
      }
      process.stderr.write(`\r\u001b[K${printable(line).slice(0, Math.max(20, (process.stderr.columns ?? 80) - 2))}`);
      progressShown = true;
    },
    get outIsClosed() {
      return outIsClosed;
    },
  };
}

/** Control and bidirectional characters shown as what they are: a file name must not move the cursor. */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
