import 'reflect-metadata';
import { readConfig } from './core/config.ts';
import { migrate } from './core/db/migrate.ts';
import { migrateQueue } from './core/jobs/queue-schema.ts';
import { createApp } from './create-app.ts';

/** One sentence for what keeps the API from starting. `variable` names the database it was talking to. */
function sentence(error: unknown, variable: string): string {
  const { code, message } = error as { code?: string; message?: string };
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return `The database at ${variable} cannot be reached (${code}).`;
    case '28P01':
    case '28000':
      return `The database refused the user or password of ${variable}.`;
    case '3D000':
      return `The database named in ${variable} does not exist.`;
    case '42501':
      return `The user of ${variable} lacks a permission it needs: ${message}.`;
    case 'EADDRINUSE':
      return `The port is in use already: ${message}`;
    default:
      return message ?? String(error);
  }
}

/** A stop that takes longer is cut off: whoever supervises us would only kill us. */
const STOP_MS = 10_000;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    setTimeout(() => {
      process.stderr.write(`${JSON.stringify({ level: 50, msg: 'The stop took too long and was cut off.' })}\n`);
      process.exit(1);
    }, STOP_MS).unref();
  });
}

let variable = 'DATABASE_URL';
try {
  const config = readConfig(process.env);
  // It is not for what this process starts, nor for whoever prints its environment.
  delete process.env['INITIAL_PASSWORD'];
  await migrate(config.DATABASE_URL);
  if (config.REDIS_URL === undefined) await migrateQueue(config.DATABASE_URL);
  variable = 'DATABASE_APP_URL';
  const app = await createApp(config);
  await app.listen(config.PORT, config.HOST);
  process.stdout.write(`${JSON.stringify({ level: 30, msg: 'ready', url: await app.getUrl() })}\n`);
} catch (error) {
  process.stderr.write(`${JSON.stringify({ level: 60, msg: sentence(error, variable) })}\n`);
  process.exit(1);
}
