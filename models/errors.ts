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
  OCR_UNAVAILABLE: {
    status: 503,
    message: (p: { reason: string }) => `No engine for recognising text can be started: ${p.reason}.`,
    hint: 'Install the optional packages again (npm install), or submit a file with text.',
  },
  NO_TABLE: {
    status: 422,
    message: (p: { fileName: string }) => `"${p.fileName}" prescribes no table.`,
    hint: 'Check that the attachment with the table is in this file.',
  },
  NO_SUCH_TABLE: {
    status: 404,
    message: (p: { fileName: string; table: number; count: number }) =>
      `"${p.fileName}" prescribes ${p.count} tables; there is no table ${p.table}.`,
    hint: 'Tables are counted over all attachments of the file, from 1.',
  },
  NOT_A_RETURN: {
    status: 415,
    message: (p: { fileName: string; detail: string }) =>
      `"${p.fileName}" is ${p.detail}; returns are read as .xlsx or .csv.`,
    hint: 'Open it in Excel or WPS, save it as .xlsx and submit that.',
  },
  NOT_WRITABLE: {
    status: 500,
    message: (p: { fileName: string; reason: string }) => `"${p.fileName}" could not be written: ${p.reason}.`,
    hint: 'Check the folder, its permissions and the space on the disk.',
  },
  BAD_STATE: {
    status: 422,
    message: (p: { fileName: string; reason: string }) => `"${p.fileName}" is no record of a collection: ${p.reason}.`,
    hint: 'Name the file that an earlier "hongtou collect" wrote, or the notice itself.',
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
  UNAUTHORIZED: {
    status: 401,
    message: () => 'This address needs the access token.',
    hint: 'Send "Authorization: Bearer TOKEN", or sign in on the page.',
  },
  FORBIDDEN: {
    status: 403,
    message: (p: { reason: string }) => `The request is refused: ${p.reason}.`,
    hint: 'Open the application under the address where it listens, and use it from its own pages.',
  },
  NO_SUCH_ADDRESS: {
    status: 404,
    message: (p: { method: string; path: string }) => `${p.method} ${p.path} is not an address of this server.`,
    hint: 'See /openapi.json for the addresses there are.',
  },
  NOT_READ_YET: {
    status: 409,
    message: (p: { fileName: string }) => `"${p.fileName}" has not been read yet.`,
    hint: 'Follow its job, or ask again later.',
  },
  CONFLICT: {
    status: 409,
    message: (p: { reason: string }) => `This cannot be done now: ${p.reason}.`,
    hint: 'Ask for the present state and decide again.',
  },
  CANCELLED: {
    status: 409,
    message: (p: { fileName: string }) => `Reading "${p.fileName}" was cancelled.`,
    hint: 'Read it again if it is needed.',
  },
  UPLOAD_TOO_LARGE: {
    status: 413,
    message: (p: { reason: string }) => `The upload is refused: ${p.reason}.`,
    hint: 'Send fewer or smaller files at a time.',
  },
  NOT_READY: {
    status: 503,
    message: (p: { reason: string }) => `The server cannot work now: ${p.reason}.`,
    hint: 'Try again later; the log has the details.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    message: () => 'Too many requests came from this address.',
    hint: 'Wait a minute and try again.',
  },
  READER_STOPPED: {
    status: 500,
    message: (p: { fileName: string; reason: string }) =>
      `Reading "${p.fileName}" stopped without an answer: ${p.reason}.`,
    hint: 'Read it again; if it stops again, keep the file and report it.',
  },
  INTERNAL: {
    status: 500,
    message: (p: { what: string }) => `A fault of the program stopped ${p.what}.`,
    hint: 'Nothing was lost. Report it with the time; the log has the details.',
  },
  STORAGE_FULL: {
    status: 507,
    message: () => 'The disk of the library is full.',
    hint: 'Make room on the disk and try again; what is already stored is safe.',
  },
  LIBRARY_TOO_NEW: {
    status: 500,
    message: (p: { found: number; known: number }) =>
      `The library has form ${p.found}; this program knows forms up to ${p.known}.`,
    hint: 'Use the newer program that wrote it, or restore a backup.',
  },
  NOT_ALLOWED: {
    status: 400,
    message: (p: { what: string; reason: string }) => `${p.what} is refused: ${p.reason}.`,
    hint: 'See the README for the settings.',
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
