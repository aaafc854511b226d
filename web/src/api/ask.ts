import type { Problem } from '../../../models/api/library.ts';

/** What went wrong with a request: the server's problem, or none where it did not answer at all. */
export class AskError extends Error {
  readonly problem: Problem | null;

  constructor(problem: Problem | null) {
    super(problem?.message ?? 'The server does not answer.');
    this.name = 'AskError';
    this.problem = problem;
  }
}

/** Parameters of an address; those without a value are left out. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

type Asking = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

/** Sends a request and gives the JSON of the answer. Throws AskError. */
export async function ask<T>(path: string, query?: Query, options?: Asking): Promise<T> {
  let response: Response;
  try {
    response = await fetch(addressOf(path, query), {
      ...options,
      headers: { Accept: 'application/json', ...options?.headers },
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new AskError(null);
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new AskError(isProblem(body) ? body : null);
  return body as T;
}

/** Sends a body as JSON and gives the JSON of the answer. Throws AskError. */
export function sendJson<T>(path: string, body: unknown, options: Omit<Asking, 'body'> = {}): Promise<T> {
  const headers = { 'Content-Type': 'application/json' };
  return ask<T>(path, {}, { method: 'POST', ...options, body: JSON.stringify(body), headers });
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}
