import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Queue } from '../jobs/queue.ts';
import type { JobOutcome } from '../jobs/runner.ts';

export interface Metrics {
  readonly registry: Registry;
  /** Measures every request. */
  readonly measure: RequestHandler;
  jobEnded(outcome: JobOutcome): void;
}

/** Figures of one server: requests by route and status, jobs by state, ends of jobs by reason. */
export function makeMetrics(queue: Queue): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'hongtou_http_request_seconds',
    help: 'Time from the request to the end of the answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, 30],
    registers: [registry],
  });
  const ends = new Counter({
    name: 'hongtou_job_attempts_total',
    help: 'Attempts at jobs by how they ended.',
    labelNames: ['outcome', 'code'],
    registers: [registry],
  });
  new Gauge({
    name: 'hongtou_jobs',
    help: 'Jobs by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const [state, count] of Object.entries(await queue.countJobs())) this.set({ state }, count);
    },
  });
  return {
    registry,
    measure(request, response, next) {
      const done = requests.startTimer();
      response.once('close', () => {
        // The pattern, not the address: addresses are without number.
        const route: unknown = request.route?.path;
        done({
          method: request.method,
          route: typeof route === 'string' ? route : 'other',
          status: response.statusCode,
        });
      });
      next();
    },
    jobEnded(outcome) {
      ends.inc({ outcome: outcome.outcome, code: outcome.outcome === 'failed' ? outcome.problem.code : '' });
    },
  };
}
