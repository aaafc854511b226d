import { z } from 'zod';
import { FileId, Job, JobState } from '../../../models/api/library.ts';
import { HongtouError } from '../../../models/index.ts';
import { waitForJob } from '../../ingest.ts';
import { defineRoute, defineStream, none, pageOf, paging } from '../route.ts';

const jobParams = z.strictObject({ jobId: z.coerce.number().int().min(1) });

const list = defineRoute({
  method: 'get',
  path: '/api/jobs',
  operationId: 'listJobs',
  summary: 'Jobs, latest first; failures with their reasons.',
  params: none,
  query: z.strictObject({ state: JobState.optional(), fileId: FileId.optional(), ...paging }),
  body: none,
  response: pageOf('JobPage', Job),
  handle: ({ query, context }) => context.library.queue.listJobs(query),
});

const get = defineRoute({
  method: 'get',
  path: '/api/jobs/{jobId}',
  operationId: 'getJob',
  summary: 'One job.',
  params: jobParams,
  query: none,
  body: none,
  response: Job,
  async handle({ params, context }) {
    const job = await context.library.queue.findJob(params.jobId);
    if (job === undefined) throw new HongtouError('NOT_FOUND', { what: `Job ${params.jobId}` });
    return job;
  },
});

const cancel = defineRoute({
  method: 'post',
  path: '/api/jobs/{jobId}/cancel',
  operationId: 'cancelJob',
  summary: 'Stops a job: at once when it waits, within a second or so when it runs.',
  params: jobParams,
  query: none,
  body: none,
  response: Job,
  handle: ({ params, actor, context }) => context.library.queue.cancelJob(params.jobId, actor),
});

/** Proxies close connections on which nothing comes. */
const keepAliveMs = 15_000;

const events = defineStream({
  method: 'get',
  path: '/api/jobs/{jobId}/events',
  operationId: 'followJob',
  summary: 'Server-sent events: an event "job" with the job as JSON at each change, until its end.',
  params: jobParams,
  query: none,
  body: none,
  responseType: 'text/event-stream',
  async stream({ params, context, request, response }) {
    const { queue } = context.library;
    if ((await queue.findJob(params.jobId)) === undefined) {
      throw new HongtouError('NOT_FOUND', { what: `Job ${params.jobId}` });
    }
    const gone = new AbortController();
    request.once('close', () => gone.abort());
    response.once('close', () => gone.abort());
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
    const keepAlive = setInterval(() => response.write(': still here\n\n'), keepAliveMs);
    try {
      await waitForJob(context.library, params.jobId, {
        signal: gone.signal,
        everyMs: 250,
        onChange: (job) => response.write(`event: job\ndata: ${JSON.stringify(job)}\n\n`),
      });
    } finally {
      clearInterval(keepAlive);
      response.end();
    }
  },
});

export const jobRoutes = [list, get, cancel, events];
