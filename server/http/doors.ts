import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { type Express, type Request, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { HongtouError } from '../../models/index.ts';
import { opensCalendar } from '../campaigns/calendarKey.ts';
import { type Config, isLoopback } from '../config.ts';
import { builtPages, packageRoot } from '../packageRoot.ts';
import { sendProblem } from './problem.ts';

/** Everything a request must pass before it reaches a route. */
export function addDoors(app: Express, config: Config): void {
  app.disable('x-powered-by');
  app.use(securityHeaders());
  app.use(limitRate(config.requestsPerMinute));
  app.use(refuseForeignSites(config));
  if (config.token !== undefined) addTokenDoor(app, config.token);
}

/** Who asks. Accounts come later; until then a token is one actor and the local user another. */
export function actorOf(request: Request): string {
  return request.app.locals.hasToken === true ? 'token' : 'local';
}

function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The web application's components write their style sheets when they are first shown. The plain page needs none.
        styleSrc: existsSync(builtPages) ? ["'self'", "'unsafe-inline'"] : ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        frameSrc: ["'self'"],
        frameAncestors: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
      },
    },
    // Plain HTTP on an intranet: a proxy that speaks TLS adds it.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}

function limitRate(requestsPerMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Without a proxy that we were told of, such a header is just what somebody wrote.
    validate: { xForwardedForHeader: false },
    handler: (_request, response) => sendProblem(response, new HongtouError('TOO_MANY_REQUESTS', undefined)),
  });
}

/**
 * A page from elsewhere, open in the same browser, can send requests here. It cannot read the answers, but must not
 * change anything either (Origin, Sec-Fetch-Site), nor come in under a name of its own that it lets point to this
 * machine (Host, where no token would stop it).
 */
function refuseForeignSites(config: Config): RequestHandler {
  return (request, _response, next) => {
    // A request may name its host in its first line, and then that one counts.
    const host = (request.url.startsWith('/') ? request.headers.host : hostOf(request.url)) ?? '';
    if (config.token === undefined && !isOwnName(host, config.host)) {
      next(new HongtouError('FORBIDDEN', { reason: 'it names another host' }));
      return;
    }
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const isForeign =
      (origin !== undefined && hostOf(origin) !== host) ||
      (site !== undefined && site !== 'same-origin' && site !== 'none');
    if (!isReading && isForeign) {
      next(new HongtouError('FORBIDDEN', { reason: 'it comes from a page of another site' }));
      return;
    }
    next();
  };
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function isOwnName(host: string, configured: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '');
  return name === configured || isLoopback(name);
}

const sessionCookie = 'hongtou_session';

/** With a token configured nothing is shown without it. A browser proves once that it knows it and gets a cookie. */
function addTokenDoor(app: Express, token: string): void {
  app.locals.hasToken = true;
  const session = createHmac('sha256', token).update('hongtou session 1').digest('hex');
  const attempts = rateLimit({
    windowMs: 60_000,
    limit: 20,
    skipSuccessfulRequests: true,
    legacyHeaders: false,
    // Without a proxy that we were told of, such a header is just what somebody wrote.
    validate: { xForwardedForHeader: false },
    handler: (_request, response) => sendProblem(response, new HongtouError('TOO_MANY_REQUESTS', undefined)),
  });
  const signIn = path.join(packageRoot, 'server/http/page/signin.html');

  app.post('/session', attempts, express.urlencoded({ extended: false, limit: '4kb' }), (request, response) => {
    const given: unknown = request.body?.token;
    if (typeof given !== 'string' || !isSame(given, token)) {
      response.status(401).sendFile(signIn);
      return;
    }
    response.cookie(sessionCookie, session, { httpOnly: true, sameSite: 'strict', path: '/' });
    response.redirect(303, '/');
  });
  app.use((request, response, next) => {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined && isSame(bearer, token)) return next();
    const cookie = new RegExp(`(?:^|; )${sessionCookie}=([0-9a-f]{64})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1];
    if (cookie !== undefined && isSame(cookie, session)) return next();
    if (request.method === 'GET' && opensCalendar(token, request.path, request.query.key)) return next();
    attempts(request, response, () => {
      if (request.method === 'GET' && request.accepts(['json', 'html']) === 'html') {
        response.status(401).sendFile(signIn);
      } else next(new HongtouError('UNAUTHORIZED', undefined));
    });
  });
}

/** Compares in the same time whatever differs. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
