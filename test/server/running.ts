import { type Logger, pino } from 'pino';
import { expect } from 'vitest';
import { z } from 'zod';
import { isFinal, Job, LibraryFile, NoticeSummary, Problem } from '../../models/api/library.ts';
import { loadConfig } from '../../server/config.ts';
import { type RunningServer, startServer } from '../../server/http/server.ts';
import { temporaryFolder } from '../store/folders.ts';

export interface Client extends RunningServer {
  get(address: string, headers?: Record<string, string>): Promise<Response>;
  send(method: string, address: string, headers?: Record<string, string>): Promise<Response>;
  upload(
    ...files: readonly { readonly name: string; readonly content: string | Uint8Array<ArrayBuffer> }[]
  ): Promise<Response>;
  /** Uploads one text and waits until it is read. */
  put(
    name: string,
    content: string | Uint8Array<ArrayBuffer>,
  ): Promise<{ readonly file: LibraryFile; readonly job: Job | null }>;
  waitForEnd(jobId: number): Promise<Job>;
}

/** What an upload answers. */
export const Uploaded = z.object({
  items: z.array(
    z.object({
      fileName: z.string(),
      file: LibraryFile.nullable(),
      job: Job.nullable(),
      isNew: z.boolean(),
      problem: Problem.nullable(),
    }),
  ),
});

/** Pages of lists. */
export const Notices = z.object({ items: z.array(NoticeSummary), total: z.int() });
export const Files = z.object({ items: z.array(LibraryFile), total: z.int() });

/** A server of its own on a free port, with an empty library. */
export async function runServer(
  settings: Readonly<Record<string, string>> = {},
  log: Logger = pino({ level: 'silent' }),
): Promise<Client> {
  const loaded = loadConfig({ data: await temporaryFolder(), port: '0', workers: '1', ...settings }, {});
  if (!loaded.ok) throw new Error(loaded.explanation);
  const server = await startServer(loaded.config, log);
  const send = (method: string, address: string, headers: Record<string, string> = {}) =>
    fetch(server.url + address, { method, headers });
  const upload: Client['upload'] = (...files) => {
    const form = new FormData();
    for (const { name, content } of files) form.append('files', new Blob([content]), name);
    return fetch(`${server.url}/api/files`, { method: 'POST', body: form });
  };
  const waitForEnd = async (jobId: number): Promise<Job> => {
    while (true) {
      const job = await jsonOf(send('GET', `/api/jobs/${jobId}`), Job);
      if (isFinal(job.state)) return job;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return {
    ...server,
    send,
    upload,
    waitForEnd,
    get: (address, headers) => send('GET', address, headers),
    async put(name, content) {
      const response = await upload({ name, content });
      expect(response.status).toBe(202);
      const item = (await jsonOf(response, Uploaded)).items[0]!;
      if (item.job !== null) await waitForEnd(item.job.jobId);
      if (item.file === null) throw new Error(`"${name}" was refused.`);
      return { file: item.file, job: item.job };
    },
  };
}

/** The JSON of an answer, of the shape that a schema describes. */
export async function jsonOf<T extends z.ZodType>(
  response: Response | Promise<Response>,
  schema: T,
): Promise<z.output<T>> {
  return schema.parse(await (await response).json());
}

/** Asserts that an answer is a problem of this code, whole and in the one shape. */
export async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  const body = await jsonOf(response, Problem);
  expect({ status: response.status, code: body.code }).toEqual({ status, code });
  expect(body).toEqual({
    code,
    message: expect.stringMatching(/\S/),
    hint: expect.stringMatching(/\S/),
    issues: expect.any(Array),
  });
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:\d|SQLITE|at Object/);
}
