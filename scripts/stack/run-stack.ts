import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, inRoot } from '../lib/process.ts';
import { type Demo, startDemo } from './demo.ts';
import type { Options } from './options.ts';
import { appLogin, ownSecret, startPostgres } from './postgres.ts';
import { release } from './preflight.ts';
import { Service, waitFor } from './supervise.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * Runs the whole of Loopstart on one machine until it is stopped: database, API with broker, console, and the demo
 * fleet. Imports packages of this repository, so it must be imported only after they are built.
 */
export async function runStack(options: Options): Promise<void> {
  const services: Service[] = [];
  let demo: Demo | undefined;
  let stopping: Promise<void> | undefined;
  const stop = (code: number): Promise<void> =>
    (stopping ??= (async () => {
      say('Stopping …');
      await demo?.stop();
      for (const service of services.toReversed()) await service.stop();
      release(options.dataDir);
      process.exitCode = code;
    })());
  const giveUp = (sentence: string) => {
    process.stderr.write(`${sentence}\n`);
    void stop(1).then(() => process.exit());
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void stop(0).then(() => process.exit()));

  // Restarts a process when a file changes that it imports, packages of this repository included.
  const watching = options.watch ? ['--watch', '--watch-preserve-output'] : [];

  try {
    const logDir = join(options.dataDir, 'logs');
    mkdirSync(logDir, { recursive: true });
    const launch = async (service: Service, url: string, what: string) => {
      services.push(service);
      service.start();
      await waitFor(
        async () => (await fetch(url)).ok,
        60_000,
        () => `${what} did not come up: ${service.lastWords()} (log: ${service.logFile})`,
      );
      service.cameUp();
    };

    if (options.watch) {
      const compiler = { name: 'compiler', command: bin('tsc'), args: ['-b', '--watch', '--preserveWatchOutput'] };
      const service = new Service({ ...compiler, echo: true }, logDir, giveUp);
      services.push(service);
      service.start();
      service.cameUp();
    }

    let databaseUrl = options.databaseUrl;
    if (databaseUrl === undefined) {
      say('Starting PostgreSQL …');
      const postgres = await startPostgres(options, logDir, giveUp);
      services.push(postgres.service);
      databaseUrl = postgres.url;
    }

    const origin = `http://${options.host === '0.0.0.0' ? 'localhost' : options.host}`.replace(
      '127.0.0.1',
      'localhost',
    );
    const email = 'operator@loopstart.example';
    const password = options.demo ? ownSecret(join(options.dataDir, 'operator.password'), 12) : '';
    const setupCode = join(options.dataDir, 'setup.code');
    ownSecret(join(options.dataDir, 'secret.key'), 32, 'base64');
    // By which the API knows the console's requests from those of others on this machine.
    const consoleKey = ownSecret(join(options.dataDir, 'console.key'), 32);
    const metricsToken = ownSecret(join(options.dataDir, 'metrics.token'));
    say('Starting the API …');
    await launch(
      new Service(
        {
          name: 'api',
          command: process.execPath,
          args: [...watching, '--enable-source-maps', inRoot('apps/api/dist/main.js')],
          env: {
            NODE_ENV: 'production',
            DATABASE_URL: databaseUrl,
            DATABASE_APP_URL: options.databaseAppUrl ?? (await appLogin(options, databaseUrl)),
            HOST: options.host,
            PORT: String(options.apiPort),
            PUBLIC_URL: `${origin}:${options.webPort}`,
            MQTT_PORT: String(options.mqttPort),
            LOOPSTART_SECRET_KEY_FILE: join(options.dataDir, 'secret.key'),
            LOOPSTART_CONSOLE_KEY: consoleKey,
            METRICS_TOKEN: metricsToken,
            AGENT_BUNDLE_DIR: inRoot('apps/agent/dist'),
            // The demo may send to a receiver on this machine.
            ...(options.demo && { LOOPSTART_OUTBOUND_ALLOW: process.env.LOOPSTART_OUTBOUND_ALLOW ?? '127.0.0.1' }),
            SETUP_CODE_FILE: setupCode,
            ...(options.demo && {
              DEMO_MAILBOX: 'on',
              INITIAL_OPERATOR: 'Northline Managed Voice',
              INITIAL_EMAIL: email,
              // Not in the environment, where it would stay.
              INITIAL_PASSWORD_FILE: join(options.dataDir, 'operator.password'),
            }),
          },
        },
        logDir,
        giveUp,
      ),
      `http://${options.host}:${options.apiPort}/readyz`,
      'The API',
    );
    say('Starting the console …');
    await launch(
      new Service(
        {
          name: 'web',
          ...(options.watch
            ? { command: bin('next'), args: ['dev', inRoot('apps/web')] }
            : { command: process.execPath, args: [inRoot('apps/web/.next/standalone/apps/web/server.js')] }),
          env: {
            NODE_ENV: options.watch ? 'development' : 'production',
            NEXT_TELEMETRY_DISABLED: '1',
            HOSTNAME: options.host,
            PORT: String(options.webPort),
            LOOPSTART_CONSOLE_KEY: consoleKey,
            LOOPSTART_API_ORIGIN: `http://${options.host}:${options.apiPort}`,
          },
        },
        logDir,
        giveUp,
      ),
      `http://${options.host}:${options.webPort}/sign-in`,
      'The console',
    );
    if (options.demo) {
      demo = await startDemo({
        options,
        logDir,
        apiUrl: `http://${options.host}:${options.apiPort}`,
        email,
        password,
        say,
        onGiveUp: giveUp,
      });
    }
    say('');
    say(`Loopstart is ready:  ${origin}:${options.webPort}`);
    if (options.demo) {
      say(`  sign in as         ${email}`);
      say(`  with password      ${password}`);
    } else if (existsSync(setupCode)) say(`  set it up with     ${readFileSync(setupCode, 'utf8').trim()}`);
    if (demo !== undefined) say(`  demo fleet         ${demo.summary}; break something: npm run demo:fault -- --help`);
    say(`  logs               ${logDir}`);
    if (options.watch) say('What you change is built and started again; errors of the compiler are shown here.');
    say('Ctrl-C stops everything; the data stays.');
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    await stop(1);
    process.exit();
  }
}
