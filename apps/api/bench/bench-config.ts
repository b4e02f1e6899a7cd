import { type Config, readConfig } from '../dist/core/config.js';
import { TEMPLATE, type TestServer } from '../test/postgres.ts';

/** The settings of an API on the database of a benchmark, without a log. */
export const benchConfig = (server: TestServer): Config =>
  readConfig({
    DATABASE_URL: server.url(TEMPLATE),
    DATABASE_APP_URL: server.appUrl(TEMPLATE),
    LOOPSTART_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
    LOG_LEVEL: 'silent',
  });
