import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { endConnection } from '../agents/broker/index.ts';
import { RevocationListFile } from '../agents/pki/index.ts';
import { type Config, readConfig } from '../core/config.ts';

const USAGE = 'Usage: renew-revocation-list <folder> [--pid-file <file>] [--watch]';
/** A revocation is in the list within this time; the broker reads it on a signal. */
const LOOK_MS = 10_000;
/** Until the broker has read the list: an agent whose connection ends earlier would be let in again. */
const READ_MS = 1_000;

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Ends the connections of agents that the broker refuses from now on: a broker keeps those that are open. */
async function shutOut(list: RevocationListFile, url: string | undefined, agentIds: readonly string[]): Promise<void> {
  if (url === undefined || agentIds.length === 0) return;
  await wait(READ_MS);
  const access = { url, ...(await list.apiAccess()) };
  for (const agentId of agentIds) {
    await endConnection(access, agentId);
    print(`the connection of agent ${agentId} was ended`);
  }
}

/** One look; with `watch` one after the other until the process is stopped. */
async function run(config: Config, folder: string, pidFile: string | null, watch: boolean): Promise<void> {
  const list = await RevocationListFile.open(config, { folder, pidFile });
  if (watch) print(`watching for revoked agents, every ${LOOK_MS / 1000} s`);
  try {
    for (;;) {
      try {
        const { text, written, shutOut: agentIds } = await list.renew();
        if (written || !watch) print(text);
        await shutOut(list, config.MQTT_URL, agentIds);
      } catch (error) {
        if (!watch) throw error;
        process.stderr.write(`failed to renew the list of revoked certificates: ${(error as Error).message}\n`);
      }
      if (!watch) return;
      await wait(LOOK_MS);
    }
  } finally {
    await list.close();
  }
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'pid-file': { type: 'string' }, watch: { type: 'boolean', default: false } },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error(USAGE);
  await run(readConfig(process.env), folder, values['pid-file'] ?? null, values.watch);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
