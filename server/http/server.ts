import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Logger } from 'pino';
import { HongtouError } from '../../models/index.ts';
import type { Config } from '../config.ts';
import { type Library, openLibrary, startWork, type Work } from '../library.ts';
import { startReturnReader } from '../returns/returnReader.ts';
import { makeApp } from './app.ts';
import { makeMetrics } from './metrics.ts';

export interface RunningServer {
  readonly url: string;
  readonly library: Library;
  readonly work: Work;
  close(): Promise<void>;
}

const hourMs = 3_600_000;

/**
 * Opens the library, starts working on its jobs, and listens. Without a token only on an address that no other machine
 * reaches; `Config` refuses anything else before it comes here.
 */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  const library = await openLibrary(config);
  const metrics = makeMetrics(library.queue);
  const work = startWork(library, config, log, (_fileId, outcome) => metrics.jobEnded(outcome));
  // A return is a workbook of some hundred cells: what takes longer is none.
  const returns = startReturnReader({
    timeoutMs: Math.min(120, config.timeoutSeconds) * 1_000,
    memoryMb: config.memoryMb,
  });
  const app = makeApp({ library, config, log, returns, wake: () => work.runner.wake(), draw: work.draw }, metrics);

  const server = http.createServer(
    // Slow headers and bodies are given up; a long answer (events) is not a slow request.
    { headersTimeout: 15_000, requestTimeout: 300_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 16_384 },
    app,
  );
  server.setTimeout(60_000);
  server.maxConnections = 1_000;
  server.on('clientError', answerBadRequest);
  const purge = () =>
    library.store.purgeDeleted(new Date()).then(
      (count) => count > 0 && log.info({ count }, 'deletions became final'),
      (error: unknown) => log.error({ err: error }, 'deletions could not be made final'),
    );
  await purge();
  const purging = setInterval(purge, hourMs);

  const close = async () => {
    clearInterval(purging);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    // Streams of events have no end of their own.
    const cutting = setTimeout(() => server.closeAllConnections(), 1_000);
    await Promise.all([work.stop(), returns.close(), closed]);
    clearTimeout(cutting);
    await library.close();
  };
  try {
    server.listen(config.port, config.host);
    await once(server, 'listening');
  } catch (error) {
    await close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new HongtouError(
      'NOT_ALLOWED',
      { what: `Listening on ${config.host}:${config.port}`, reason },
      { cause: error },
    );
  }
  const { address, family, port } = server.address() as AddressInfo;
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`, library, work, close };
}

/** What is not even HTTP gets a problem as well. */
function answerBadRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  const problem = new HongtouError('BAD_REQUEST', { reason: status.slice(4).toLowerCase() });
  const body = JSON.stringify({ code: problem.code, message: problem.message, hint: problem.hint, issues: [] });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
