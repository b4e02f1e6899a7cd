import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, NestFactory, Reflector } from '@nestjs/core';
import type { IncomingMessage } from 'node:http';
import { SCIM_PATH } from '@loopstart/contracts';
import { Module, type INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type NextFunction, type Request, type Response, urlencoded } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { FEATURES } from './app.module.ts';
import type { Clock } from './core/clock.ts';
import type { Config } from './core/config.ts';
import { CoreModule } from './core/core.module.ts';
import { AuthGuard } from './core/http/auth.guard.ts';
import { CallInterceptor } from './core/http/call.interceptor.ts';
import { ClientAddress } from './core/http/client-address.service.ts';
import { keepOrigin } from './core/http/origin.ts';
import { ProblemFilter } from './core/http/problem.filter.ts';
import { requestId, requestIdOf } from './core/http/request-id.ts';
import { loggedUrl } from './core/observe/logged-url.ts';
import { LOGGER, type Logger } from './core/observe/logger.ts';
import { Metrics } from './core/observe/metrics.ts';

const BODY_LIMIT = '1mb';

/** Builds the whole API on a configuration and a clock; it does not listen yet. */
export async function createApp(config: Config, clock: Clock = Date.now): Promise<INestApplication> {
  @Module({
    imports: [CoreModule.with(config, clock), ...FEATURES],
    providers: [
      { provide: APP_GUARD, useClass: AuthGuard },
      { provide: APP_INTERCEPTOR, useClass: CallInterceptor },
      { provide: APP_FILTER, useClass: ProblemFilter },
      Reflector,
    ],
  })
  class RootModule {}

  const app = await NestFactory.create<NestExpressApplication>(RootModule, {
    logger: ['error', 'warn'],
    bodyParser: false,
    abortOnError: false,
  });
  const log = app.get<Logger>(LOGGER);
  // Who asks is decided by ClientAddress; Express believes nobody.
  app.set('trust proxy', false);
  app.set('query parser', 'simple');
  app.use(requestId);
  app.use(keepOrigin(app.get(ClientAddress)));
  app.use(
    helmet({
      contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      // A year, and only where browsers reach us by https.
      strictTransportSecurity: config.PUBLIC_URL.startsWith('https:') && { maxAge: 31_536_000 },
    }),
  );
  app.use('/api', noStore);
  app.use(
    pinoHttp({
      logger: log,
      genReqId: (request) => requestIdOf(request as never),
      autoLogging: { ignore: (request) => /^\/(?:healthz|readyz|metrics)/.test(request.url ?? '') },
      serializers: {
        req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
          id,
          method,
          url: loggedUrl(url),
        }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      customLogLevel: (_request, response, error) =>
        error !== undefined || response.statusCode >= 500 ? 'error' : 'debug',
    }),
  );
  app.use(timing(app.get(Metrics)));
  // SCIM reads its own bodies, once it is known who asks.
  app.useBodyParser('json', { limit: BODY_LIMIT, type: isJsonOfOurs });
  app.use('/oauth/token', urlencoded({ extended: false, limit: '10kb' }));
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await app.init();
  return app;
}

/** What the API answers is for one person: no cache on the way, nor the browser's own, keeps it. */
function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('cache-control', 'no-store');
  next();
}

type Timed = { method: string; route?: { path?: string } };

const isJsonOfOurs = (request: IncomingMessage): boolean =>
  !(request.url ?? '').startsWith(`${SCIM_PATH}/`) &&
  /^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');

/** Measures each request by route, never by path: ids would make a series each. */
function timing(metrics: Metrics) {
  const seconds = metrics.histogram(
    'http_request_seconds',
    'HTTP requests by method, route and status',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    ['method', 'route', 'status'],
  );
  return (
    request: Timed,
    response: { statusCode: number; on(event: 'finish', done: () => void): void },
    next: () => void,
  ) => {
    const started = process.hrtime.bigint();
    response.on('finish', () => {
      const labels = {
        method: request.method,
        route: request.route?.path ?? 'none',
        status: String(response.statusCode),
      };
      seconds.observe(labels, Number(process.hrtime.bigint() - started) / 1e9);
    });
    next();
  };
}
