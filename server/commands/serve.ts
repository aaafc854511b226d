import { once } from 'node:events';
import { startServer } from '../http/server.ts';
import { makeLog } from '../log.ts';
import type { Command } from './command.ts';

export const serve: Command = {
  usage: 'serve [--port N] [--host ADDRESS] [--data DIR]',
  summary: 'the web application and the REST API',
  options: { port: { type: 'string' }, host: { type: 'string' } },
  arguments: [0, 0],
  async run({ config, io, signal }) {
    const log = makeLog(config);
    const server = await startServer(config, log);
    io.err(`hongtou: listening on ${server.url}, library in ${config.data}`);
    if (!signal.aborted) await once(signal, 'abort');
    io.err('hongtou: ending; files that are being read will be read again at the next start.');
    await server.close();
    return 0;
  },
};
