import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { Library, Work } from '../library.ts';
import type { ReturnReader } from '../returns/returnReader.ts';
import type { Actor } from '../store/store.ts';

/** What every handler may use. */
export interface Context {
  readonly library: Library;
  readonly config: Config;
  readonly log: Logger;
  /** Reads what comes back on the forms. */
  readonly returns: ReturnReader;
  /** Tells the workers that there may be a job. */
  readonly wake: () => void;
  readonly draw: Work['draw'];
}

export interface UploadedFile {
  readonly fileName: string;
  /** Where its bytes stand; the handler takes them over. */
  readonly path: string;
}

/** Nothing is taken: an unknown name in a query or body is an error, not ignored. */
export const none = z.strictObject({});

export interface HandlerInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  /** Files of a multipart upload; empty elsewhere. */
  readonly files: readonly UploadedFile[];
  readonly actor: Actor;
  readonly context: Context;
  readonly request: Request;
  readonly response: Response;
}

interface RouteBase<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it: /api/files/{fileId}. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The body is multipart/form-data with files in the field `files`. */
  readonly upload?: boolean;
}

/** A handler that returns the value to answer with. */
interface JsonRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>
  extends RouteBase<P, Q, B> {
  readonly status?: 200 | 201 | 202;
  readonly response: R;
  handle(input: HandlerInput<P, Q, B>): Promise<z.output<R>>;
}

/** A handler that writes the answer itself: bytes, or a stream of events. */
interface StreamRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends RouteBase<P, Q, B> {
  readonly responseType: string;
  stream(input: HandlerInput<P, Q, B>): Promise<void>;
}

/** A handler that writes its JSON itself, because it has it as text already. */
interface WrittenRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends RouteBase<P, Q, B> {
  readonly response: z.ZodType;
  write(input: HandlerInput<P, Q, B>): Promise<void>;
}

/** A route whose types are checked; `mount` and `openApiDocument` read nothing but this record. */
export interface Route extends RouteBase<z.ZodType, z.ZodType, z.ZodType> {
  readonly status: number;
  readonly response: z.ZodType | null;
  readonly responseType: string;
  /** Answers a JSON value, or undefined when it has written the answer itself. */
  run(input: HandlerInput<z.ZodType, z.ZodType, z.ZodType>): Promise<unknown>;
}

/** Declares a route: validation, documentation and handler in one record, so that they cannot disagree. */
export function defineRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: JsonRoute<P, Q, B, R>,
): Route {
  return {
    ...route,
    status: route.status ?? 200,
    responseType: 'application/json',
    // The values were parsed by these very schemas in `mount`.
    run: (input) => route.handle(input as HandlerInput<P, Q, B>),
  };
}

/** Declares a route that answers with something else than JSON. */
export function defineStream<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  route: StreamRoute<P, Q, B>,
): Route {
  return { ...route, status: 200, response: null, run: (input) => route.stream(input as HandlerInput<P, Q, B>) };
}

/** Declares a route that answers with JSON which stands written somewhere. */
export function defineWritten<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  route: WrittenRoute<P, Q, B>,
): Route {
  return {
    ...route,
    status: 200,
    responseType: 'application/json',
    run: (input) => route.write(input as HandlerInput<P, Q, B>),
  };
}

/** A page of a list. */
export function pageOf<T extends z.ZodType>(id: string, item: T) {
  return z
    .object({ items: z.array(item).readonly(), total: z.int().meta({ description: 'How many there are in all.' }) })
    .readonly()
    .meta({ id, title: '列表' });
}

export const paging = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
} as const;
