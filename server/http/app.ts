import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import express, { type Express } from 'express';
import { builtPages } from '../packageRoot.ts';
import { addDoors } from './doors.ts';
import type { Metrics } from './metrics.ts';
import { mount } from './mount.ts';
import { openApiDocument } from './openapi.ts';
import { noSuchAddress, problemHandler } from './problem.ts';
import type { Context, Route } from './route.ts';
import { boardRoutes } from './routes/boards.ts';
import { campaignCalendarRoutes } from './routes/campaignCalendar.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { collectionRoutes } from './routes/collections.ts';
import { compareRoutes } from './routes/compare.ts';
import { correctionRoutes } from './routes/corrections.ts';
import { exportRoutes } from './routes/export.ts';
import { fileRoutes } from './routes/files.ts';
import { homeRoutes } from './routes/home.ts';
import { jobRoutes } from './routes/jobs.ts';
import { matrixRoutes } from './routes/matrices.ts';
import { noticeRoutes } from './routes/notices.ts';
import { pageRoutes } from './routes/pages.ts';
import { returnRoutes } from './routes/returns.ts';
import { statusRoutes } from './routes/status.ts';
import { templateRoutes } from './routes/templates.ts';

/** Every address of the API. A new one is a record in routes/ and shows up here, in /openapi.json and in its checks. */
export function allRoutes(metrics: Metrics): readonly Route[] {
  return [
    ...fileRoutes,
    ...noticeRoutes,
    ...pageRoutes,
    ...exportRoutes,
    ...correctionRoutes,
    ...homeRoutes,
    ...campaignRoutes,
    ...campaignCalendarRoutes,
    ...compareRoutes,
    ...matrixRoutes(),
    ...templateRoutes,
    ...collectionRoutes,
    ...returnRoutes,
    ...boardRoutes,
    ...jobRoutes,
    ...statusRoutes(metrics),
  ];
}

/** The whole web server as an Express application. */
export function makeApp(context: Context, metrics: Metrics): Express {
  const app = express();
  app.set('query parser', 'simple');
  app.use(metrics.measure);
  app.use((request, response, next) => {
    const begun = performance.now();
    response.once('close', () => {
      // The path without its query: a search is somebody's business, and so is an address that is none of ours.
      const { method } = request;
      const address = request.route === undefined ? null : request.path;
      const ms = Math.round(performance.now() - begun);
      context.log.debug({ method, address, status: response.statusCode, ms }, 'request');
    });
    next();
  });
  addDoors(app, context.config);

  const routes = allRoutes(metrics);
  mount(app, routes, context);
  const document = openApiDocument(routes);
  app.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  addPages(app);
  app.use(noSuchAddress);
  app.use(problemHandler(context.log));
  return app;
}

/** The web application. Where it was not built yet, the address says so and the API works. */
function addPages(app: Express): void {
  if (!existsSync(path.join(builtPages, 'index.html'))) {
    app.get('/', (_request, response) => {
      response.type('text/plain').send('网页尚未生成，请先运行 npm run build。接口说明见 /openapi.json。\n');
    });
    return;
  }
  const assets = path.join(builtPages, 'assets');
  const compressed = new Set(readdirSync(assets).filter((name) => name.endsWith('.br')));
  app.use('/assets', (request, response, next) => {
    const name = request.path.slice(1);
    if (compressed.has(`${name}.br`)) {
      response.setHeader('Vary', 'Accept-Encoding');
      if (request.acceptsEncodings('br') === 'br') {
        response.setHeader('Content-Encoding', 'br');
        response.type(path.extname(name));
        request.url = `/${name}.br`;
      }
    }
    next();
  });
  // Their names change with their content.
  app.use('/assets', express.static(assets, { immutable: true, maxAge: '1y', redirect: false, index: false }));
  app.use(express.static(builtPages, { index: 'index.html', redirect: false, cacheControl: false }));
  // Its own addresses, which only the browser knows. Not a route: the log would name whatever somebody typed.
  app.use((request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const isPage = isRead && !request.path.startsWith('/api/') && request.accepts(['json', 'html']) === 'html';
    if (isPage) response.sendFile('index.html', { root: builtPages, cacheControl: false });
    else next();
  });
}
