import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { MulterError } from 'multer';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Problem } from '../../models/api/library.ts';
import { HongtouError } from '../../models/index.ts';
import { isDiskFull } from '../store/database.ts';

/** Answers with a problem, always in the same shape. */
export function sendProblem(response: Response, error: HongtouError): void {
  const body: Problem = { code: error.code, message: error.message, hint: error.hint, issues: issuesOf(error) };
  if (error.code === 'UNAUTHORIZED') response.setHeader('WWW-Authenticate', 'Bearer');
  response.status(error.status).type('application/json').send(JSON.stringify(body));
}

/** For an address that is none of ours. */
export const noSuchAddress: RequestHandler = (request, _response, next) => {
  next(new HongtouError('NO_SUCH_ADDRESS', { method: request.method, path: request.path.slice(0, 200) }));
};

/** The one place where an error becomes an HTTP answer. Faults of our own go to the log, with all they know. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const known = toHongtouError(error);
    if (known === undefined) log.error({ err: error, method: request.method, path: request.path }, 'a request broke');
    if (response.headersSent) {
      // The answer has begun: all that can be said now is that it is not whole.
      next(error);
      return;
    }
    sendProblem(response, known ?? new HongtouError('INTERNAL', { what: 'this request' }));
  };
}

function toHongtouError(error: unknown): HongtouError | undefined {
  if (error instanceof HongtouError) return error;
  if (error instanceof MulterError) return ofMulter(error);
  if (isDiskFull(error)) return new HongtouError('STORAGE_FULL', undefined, { cause: error });
  if (!(error instanceof Error)) return undefined;
  if (
    /^(Unexpected end of form|Malformed part header|Multipart: Boundary not found|Malformed content type|Unsupported content type)/.test(
      error.message,
    )
  ) {
    return new HongtouError('BAD_REQUEST', { reason: 'its multipart body is not whole' }, { cause: error });
  }
  // Express and its parsers: a status, and whether the message may be shown.
  const status = 'status' in error ? error.status : undefined;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  if (status === 413)
    return new HongtouError('UPLOAD_TOO_LARGE', { reason: 'its body is too large' }, { cause: error });
  const reason = error instanceof URIError ? 'its address is not valid' : error.message.slice(0, 200);
  return new HongtouError('BAD_REQUEST', { reason }, { cause: error });
}

function ofMulter(error: MulterError): HongtouError {
  const reasons: Readonly<Record<string, string>> = {
    LIMIT_FILE_SIZE: 'a file is larger than allowed',
    LIMIT_FILE_COUNT: 'it holds more files than allowed',
    LIMIT_PART_COUNT: 'it has more parts than allowed',
    LIMIT_FIELD_COUNT: 'it has more fields than allowed',
    LIMIT_FIELD_VALUE: 'a field is longer than allowed',
  };
  const reason = reasons[error.code];
  return reason === undefined
    ? new HongtouError(
        'BAD_REQUEST',
        { reason: `files are sent in the field "files" (${error.message})` },
        { cause: error },
      )
    : new HongtouError('UPLOAD_TOO_LARGE', { reason }, { cause: error });
}

function issuesOf(error: HongtouError): Problem['issues'] {
  return error.cause instanceof z.ZodError
    ? error.cause.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    : [];
}
