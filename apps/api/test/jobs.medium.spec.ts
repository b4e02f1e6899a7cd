import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeLogger } from '../src/core/observe/logger.ts';
import { Metrics } from '../src/core/observe/metrics.ts';
import type { JobDefinition } from '../src/core/jobs/job.ts';
import { Jobs } from '../src/core/jobs/jobs.service.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { asOwner } from './postgres.ts';

let database: TestDatabase;
const running: Jobs[] = [];
beforeAll(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.onApplicationShutdown();
});
afterAll(() => database.drop());

async function start(...definitions: JobDefinition[]): Promise<Jobs> {
  const jobs = new Jobs(database.config, makeLogger('silent'), new Metrics());
  for (const definition of definitions) jobs.define(definition);
  await jobs.onApplicationBootstrap();
  running.push(jobs);
  return jobs;
}

/** A job that reports when it ran. */
function job(name: string, everyMs?: number) {
  const runs: unknown[] = [];
  let notify: () => void = () => undefined;
  const definition: JobDefinition = {
    name,
    payload: z.object({ site: z.string().default('none') }),
    ...(everyMs === undefined ? {} : { everyMs }),
    handle: async (payload) => {
      runs.push(payload);
      notify();
    },
  };
  const ran = (count: number) =>
    new Promise<void>((resolve) => {
      notify = () => {
        if (runs.length >= count) resolve();
      };
      notify();
    });
  return { definition, runs, ran };
}

test('what is added is done once, with its payload checked', async () => {
  const mail = job('mail');
  const jobs = await start(mail.definition);
  await jobs.add(mail.definition, { site: 'north' }, 'mail-1');
  await jobs.add(mail.definition, { site: 'north' }, 'mail-1');
  await jobs.add(mail.definition, { site: 'south' }, 'mail-2');
  await mail.ran(2);
  expect(mail.runs).toEqual(expect.arrayContaining([{ site: 'north' }, { site: 'south' }]));
  await expect(jobs.add(mail.definition, { site: 7 } as never, 'mail-3')).rejects.toThrow();
});

test('a repeated job starts automatically', async () => {
  const sweep = job('sweep', 300);
  await start(sweep.definition);
  await sweep.ran(2);
  expect(sweep.runs.slice(0, 2)).toEqual([{ site: 'none' }, { site: 'none' }]);
});

test('a schedule whose job is no longer known is taken away', async () => {
  const old = job('old-sweep', 60_000);
  await start(old.definition);
  await running.pop()!.onApplicationShutdown();
  await start(job('new-sweep', 60_000).definition);
  const { rows } = await asOwner(database.ownerUrl, (sql) =>
    sql.query(`select count(*)::int as left from information_schema.tables where table_schema = 'bullmq'`),
  );
  expect(rows[0].left).toBeGreaterThan(0);
  const { Queue, createPostgresBackend } = await import('bullmq');
  const connection = { connectionString: database.ownerUrl, schema: 'bullmq', migrate: false, max: 1 };
  const queue = new (Queue as never as new (...args: unknown[]) => import('bullmq').Queue)(
    'loopstart',
    { connection },
    createPostgresBackend,
  );
  const names = (await queue.getJobSchedulers()).map((scheduler) => scheduler.key);
  await queue.close();
  expect(names).toEqual(['new-sweep']);
});

test('two handlers for one name are refused before anything runs', () => {
  const jobs = new Jobs(database.config, makeLogger('silent'), new Metrics());
  jobs.define(job('twice').definition);
  expect(() => jobs.define(job('twice').definition)).toThrow('two handlers for the job twice');
});
