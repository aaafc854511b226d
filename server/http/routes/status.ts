import { z } from 'zod';
import { JobState } from '../../../models/api/library.ts';
import { HongtouError } from '../../../models/index.ts';
import { extractorVersion } from '../../../pipeline/run.ts';
import type { Metrics } from '../metrics.ts';
import { defineRoute, defineStream, none } from '../route.ts';

const Health = z
  .object({ status: z.literal('ok') })
  .readonly()
  .meta({ id: 'Health', title: '状态' });

const health = defineRoute({
  method: 'get',
  path: '/health',
  operationId: 'health',
  summary: 'The process answers.',
  params: none,
  query: none,
  body: none,
  response: Health,
  handle: async () => ({ status: 'ok' as const }),
});

const Readiness = z
  .object({
    status: z.literal('ok'),
    extractorVersion: z.string(),
    jobs: z.record(JobState, z.int()).meta({ description: 'How many jobs are in each state.' }),
  })
  .readonly()
  .meta({ id: 'Readiness', title: '就绪状态' });

const ready = defineRoute({
  method: 'get',
  path: '/ready',
  operationId: 'ready',
  summary: 'The library can be reached; 503 otherwise.',
  params: none,
  query: none,
  body: none,
  response: Readiness,
  async handle({ context }) {
    try {
      return { status: 'ok' as const, extractorVersion, jobs: await context.library.queue.countJobs() };
    } catch (error) {
      context.log.error({ err: error }, 'not ready');
      throw new HongtouError('NOT_READY', { reason: 'the library cannot be reached' }, { cause: error });
    }
  },
});

/** The figures need the registry of this server. */
export function statusRoutes(metrics: Metrics) {
  const figures = defineStream({
    method: 'get',
    path: '/metrics',
    operationId: 'metrics',
    summary: 'Figures for Prometheus.',
    params: none,
    query: none,
    body: none,
    responseType: 'text/plain',
    async stream({ response }) {
      response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
    },
  });
  return [health, ready, figures];
}
