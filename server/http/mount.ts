import { rm } from 'node:fs/promises';
import path from 'node:path';
import express, { type Express, type Request, type RequestHandler } from 'express';
import multer from 'multer';
import type { z } from 'zod';
import { HongtouError } from '../../models/index.ts';
import { actorOf } from './doors.ts';
import { cleanFileName } from './fileName.ts';
import { type Context, none, type Route, type UploadedFile } from './route.ts';

/** Adds the routes to an application: validates, calls the handler with the parsed values, answers. */
export function mount(app: Express, routes: readonly Route[], context: Context): void {
  for (const route of routes) {
    const address = route.path.replace(/\{(\w+)\}/g, ':$1');
    const readers: RequestHandler[] = [];
    if (route.upload === true) readers.push(receiveFiles(context));
    else if (route.body !== none) readers.push(express.json({ limit: '1mb' }), refuseDeepBodies);
    app[route.method](address, ...readers, async (request, response) => {
      const files = uploadedFiles(request);
      try {
        const answer = await route.run({
          params: parse(route.params, request.params, 'path'),
          query: parse(route.query, request.query, 'query'),
          body: parse(route.body, route.upload === true ? {} : (request.body ?? {}), 'body'),
          files,
          actor: actorOf(request),
          context,
          request,
          response,
        });
        if (!response.headersSent && route.response !== null) response.status(route.status).json(answer);
      } finally {
        // Those that were taken have another place by now.
        for (const file of files) await rm(file.path, { force: true });
      }
    });
  }
}

function parse(schema: z.ZodType, value: unknown, where: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HongtouError('BAD_REQUEST', { reason: `its ${where} does not fit` }, { cause: parsed.error });
}

/** Deeper than anything that is asked for here; what walks a body by calling itself must come to an end. */
const deepest = 50;

const refuseDeepBodies: RequestHandler = (request, _response, next) => {
  let level: readonly unknown[] = [request.body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) {
      next(new HongtouError('BAD_REQUEST', { reason: 'its body is nested too deep' }));
      return;
    }
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  next();
};

/** Files go straight to the library's folder for what arrives; their own names play no part in the path. */
function receiveFiles({ library, config }: Context): RequestHandler {
  return multer({
    storage: multer.diskStorage({
      destination: (_request, _file, done) => done(null, path.dirname(library.incoming.incomingPath())),
      filename: (_request, _file, done) => done(null, path.basename(library.incoming.incomingPath())),
    }),
    limits: {
      fileSize: config.uploadMb * 1024 * 1024,
      files: config.uploadFiles,
      fields: 10,
      fieldSize: 1_000,
      parts: config.uploadFiles + 10,
      headerPairs: 50,
    },
    defParamCharset: 'utf8',
  }).array('files');
}

function uploadedFiles(request: Request): readonly UploadedFile[] {
  return Array.isArray(request.files)
    ? request.files.map((file) => ({ fileName: cleanFileName(file.originalname), path: file.path }))
    : [];
}
