import { DESIRED_STATE_KINDS } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../../test/database.ts';
import { plantAgent, rowsOf, type TestAgent } from '../../../../test/ingest.ts';
import { Database } from '../../../core/db/database.ts';
import { Secrets } from '../../../core/secret/secrets.ts';
import { DesiredStateRepository } from '../desired-state.repository.ts';
import type { DesiredState } from './desired-state-kind.ts';
import { DesiredStates } from './desired-states.ts';
import { desiredStates } from './index.ts';

const NOW = new Date('2026-05-12T10:15:00Z');

/** A kind that no release has: an agent plays a tune, and reports it as its version. */
const tune: DesiredState<'tune', { kind: 'tune'; v: 1; tune: string }> = {
  kind: 'tune',
  lagging: `a.version <> 'reveille'`,
  async pending(sql, agentId) {
    const { rows } = await sql.query(`select 1 from agent a where a.id = $1 and ${tune.lagging}`, [agentId]);
    return { messages: rows.map(() => ({ v: 1, kind: 'tune', tune: 'reveille' })), published: [] };
  },
};

let database: TestDatabase;
let db: Database;
let secrets: Secrets;
let agent: TestAgent;
let repository: DesiredStateRepository;

beforeAll(async () => {
  database = await createDatabase();
  db = new Database(database.config);
  agent = await plantAgent(database.ownerUrl);
  secrets = await Secrets.of(database.config);
  const kinds = [...desiredStates({ secrets }), tune];
  repository = new DesiredStateRepository(db, new DesiredStates(kinds, [...DESIRED_STATE_KINDS, 'tune']));
});
afterAll(async () => {
  await secrets.onApplicationShutdown();
  await db.onApplicationShutdown();
  await database.drop();
});

/** Kinds to be sent, and whether the sweep finds the agent. */
async function standing(): Promise<[string[], boolean]> {
  const { messages } = await repository.pending(agent.operatorId, agent.agentId, NOW);
  const lagging = await repository.lagging([agent.operatorId], [agent.agentId], NOW);
  return [messages.map(({ kind }) => kind), lagging.length > 0];
}

test('a new kind is sent beside the others until the agent reports it', async () => {
  const report = (set: string) => rowsOf(database.ownerUrl, `update agent set ${set}`);
  expect(await standing()).toEqual([['config', 'tune'], true]);
  expect(await standing()).toEqual([['config', 'tune'], true]);
  await report('config_revision_reported = config_revision');
  expect(await standing()).toEqual([['tune'], true]);
  await report(`version = 'reveille'`);
  expect(await standing()).toEqual([[], false]);
});
