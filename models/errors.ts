/** Errors that end the work on one input: what happened and why (message), what to do (hint). Codes are permanent. */
export const errorCatalog = {
  FILE_NOT_FOUND: {
    status: 404,
    message: (p: { fileName: string }) => `"${p.fileName}" does not exist.`,
    hint: 'Check the path.',
  },
  IS_A_FOLDER: {
    status: 400,
    message: (p: { fileName: string }) => `"${p.fileName}" is a folder, not a file.`,
    hint: 'Name the files in it, or use "hongtou ingest" for a folder.',
  },
  FILE_UNREADABLE: {
    status: 400,
    message: (p: { fileName: string; reason: string }) => `"${p.fileName}" could not be opened: ${p.reason}.`,
    hint: 'Check that the file can be read by this user.',
  },
  FILE_EMPTY: {
    status: 422,
    message: (p: { fileName: string }) => `"${p.fileName}" is empty.`,
    hint: 'Ask the sender for the file again.',
  },
  FILE_TOO_LARGE: {
    status: 413,
    message: (p: { fileName: string; size: number; limit: number }) =>
      `"${p.fileName}" has ${p.size} bytes; at most ${p.limit} are read.`,
    hint: 'Split the file, or raise the limit if it really is one notice.',
  },
  TEXT_TOO_LONG: {
    status: 413,
    message: (p: { fileName: string; length: number; limit: number }) =>
      `"${p.fileName}" holds ${p.length} characters of text; at most ${p.limit} are read.`,
    hint: 'Split the file; a notice with all its attachments is far shorter.',
  },
  NOT_TEXT: {
    status: 422,
    message: (p: { fileName: string }) => `"${p.fileName}" is named like a text but holds binary data.`,
    hint: 'Give the file its right ending (.pdf, .docx, .ofd …), or ask the sender for it again.',
  },
  UNSUPPORTED_FORMAT: {
    status: 415,
    message: (p: { fileName: string; detail: string }) => `"${p.fileName}" is ${p.detail}, which is not read here.`,
    hint: 'Save it as PDF, DOCX, OFD, HTML or text and submit that.',
  },
  FILE_DAMAGED: {
    status: 422,
    message: (p: { fileName: string; reason: string }) => `"${p.fileName}" is damaged: ${p.reason}.`,
    hint: 'Open it in the program that made it and save it again, or ask the sender for it again.',
  },
  FILE_ENCRYPTED: {
    status: 422,
    message: (p: { fileName: string }) => `"${p.fileName}" is password-protected.`,
    hint: 'Save an unprotected copy and submit that.',
  },
  NO_TEXT: {
    status: 422,
    message: (p: { fileName: string }) => `"${p.fileName}" holds no text.`,
    hint: 'If it is a scan, check that the pages are not blank.',
  },
  CONVERTER_MISSING: {
    status: 415,
    message: (p: { fileName: string; format: string }) =>
      `"${p.fileName}" is a ${p.format} file, which needs LibreOffice (soffice), and that is not on this machine.`,
    hint: 'Install LibreOffice, or save the file as .docx and submit that.',
  },
  LIMIT_EXCEEDED: {
    status: 422,
    message: (p: { fileName: string; what: string }) => `"${p.fileName}" goes over a limit: ${p.what}.`,
    hint: 'Split the file, or ask the sender for an ordinary copy.',
  },
  TIMED_OUT: {
    status: 422,
    message: (p: { fileName: string; seconds: number }) =>
      `"${p.fileName}" was not read within ${p.seconds} seconds and was given up.`,
    hint: 'Split the file, or allow more time.',
  },
  NO_TABLE: {
    status: 422,
    message: (p: { fileName: string }) => `"${p.fileName}" prescribes no table.`,
    hint: 'Check that the attachment with the table is in this file.',
  },
  NOT_FOUND: {
    status: 404,
    message: (p: { what: string }) => `${p.what} is not in the library.`,
    hint: 'List the library to see what is there.',
  },
  BAD_REQUEST: {
    status: 400,
    message: (p: { reason: string }) => `The request is not valid: ${p.reason}.`,
    hint: 'See /openapi.json for what this address takes.',
  },
} as const satisfies Record<string, { status: number; message: (p: never) => string; hint: string }>;

export type ErrorCode = keyof typeof errorCatalog;
type Parameters<C extends ErrorCode> = (typeof errorCatalog)[C]['message'] extends (p: infer P) => string ? P : never;

/** The one class of error that reaches a user. Anything else is a fault of our own and goes to the log. */
export class HongtouError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly hint: string;
  readonly status: number;

  constructor(code: C, parameters: Parameters<C>, options?: ErrorOptions) {
    const entry = errorCatalog[code];
    super((entry.message as (p: Parameters<C>) => string)(parameters), options);
    this.name = 'HongtouError';
    this.code = code;
    this.hint = entry.hint;
    this.status = entry.status;
  }

  /** One line: which file, what is wrong, what to do. */
  get line(): string {
    return `${this.message} ${this.hint}`;
  }
}
