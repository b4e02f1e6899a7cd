import 'reflect-metadata';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { readConfig } from '../core/config.ts';
import { ownersOf, rewrap, rotateDataKey } from '../core/secret/rotation/rotate.ts';
import { stateOf } from '../core/secret/rotation/state.ts';
import { Secrets } from '../core/secret/secrets.ts';

const USAGE = `Usage: rotate-secrets <what>
  state    counts keys and sealed values, and says which master keys are still needed
  master   wraps every data key under the current master key
  data     gives each operator a new data key and seals its secrets with it
             --older-than-hours <hours>   only keys of at least this age are replaced (24);
                                          a run that was interrupted is continued by the next`;
const HOUR_MS = 3_600_000;

const write = (line: string): void => void process.stdout.write(`${line}\n`);

async function state(secrets: Secrets, owners: readonly (string | null)[]): Promise<void> {
  const found = await stateOf(secrets, owners);
  write(`current master key: ${found.currentMasterKey}`);
  for (const [id, count] of Object.entries(found.dataKeys)) write(`${count} data keys are wrapped under ${id}`);
  write(`${found.values} secrets; ${found.byFormerKeys} of them by former data keys, ${found.byNoKey} by no data key`);
  const isOnlyCurrent = Object.keys(found.dataKeys).every((id) => id === found.currentMasterKey);
  write(
    isOnlyCurrent && found.byNoKey === 0
      ? 'No former master key is needed.'
      : `Keep former master keys: run ${found.byNoKey > 0 ? '"rotate-secrets data"' : '"rotate-secrets master"'} first.`,
  );
}

async function master(secrets: Secrets, owners: readonly (string | null)[]): Promise<void> {
  let wrapped = 0;
  for (const owner of owners) wrapped += await rewrap(secrets, owner);
  write(`${wrapped} data keys were wrapped under ${await secrets.masters.currentId()}`);
}

/** Whether everything could be read. */
async function data(secrets: Secrets, owners: readonly (string | null)[], olderThanMs: number): Promise<boolean> {
  const sum = { newKeys: 0, values: 0, removedKeys: 0, keptKeys: 0 };
  const unreadable: string[] = [];
  for (const owner of owners) {
    const done = await rotateDataKey(secrets, owner, { now: Date.now(), olderThanMs });
    sum.newKeys += done.newKey ? 1 : 0;
    sum.values += done.values;
    sum.removedKeys += done.removedKeys;
    sum.keptKeys += done.keptKeys;
    unreadable.push(...done.unreadable);
  }
  write(`${sum.newKeys} new data keys, ${sum.values} secrets sealed anew`);
  write(
    `${sum.removedKeys} former data keys removed, ${sum.keptKeys} kept${sum.keptKeys > 0 ? ': run it again in a quarter of an hour' : ''}`,
  );
  for (const one of unreadable) write(`unreadable, enter it again: ${one}`);
  return unreadable.length === 0;
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'older-than-hours': { type: 'string', default: '24' } },
  });
  const hours = Number(values['older-than-hours']);
  const [what] = positionals;
  if (!['state', 'master', 'data'].includes(what ?? '') || !(hours >= 0)) throw new Error(USAGE);
  const config = readConfig(process.env);
  const pool = new pg.Pool({ connectionString: config.DATABASE_APP_URL, max: 1 });
  const secrets = await Secrets.of(config);
  try {
    const owners = await ownersOf(pool);
    if (what === 'state') await state(secrets, owners);
    else if (what === 'master') await master(secrets, owners);
    else if (!(await data(secrets, owners, hours * HOUR_MS))) process.exitCode = 1;
  } finally {
    await secrets.onApplicationShutdown();
    await pool.end();
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
