import { randomUUID } from 'node:crypto';
import { compileMessageCheck, kindsByDiskCode, UP_KIND_TABLE, upMessageSchema } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createDatabase, type TestDatabase } from '../../../../test/database.ts';
import {
  type IngestInstance,
  inventoryOf,
  itemOf,
  plantAgent,
  rowsOf,
  startIngest,
  type TestAgent,
  TestStream,
} from '../../../../test/ingest.ts';
import type { Item } from '../item.ts';
import type { MessageKind } from './message-kind.ts';

/** A kind that no release has: a gateway plays a tune. This is everything that a new kind needs. */
const Body = z.object({ gatewayId: z.uuid(), at: z.int(), tune: z.string().max(20) });
type Body = z.infer<typeof Body>;
interface Row extends Body {
  operatorId: string;
  siteId: string;
}

const table = { ...UP_KIND_TABLE, tune: { body: Body, lane: 'lasting', diskCode: 255 } } as const;

const tune: MessageKind<'tune', Body, Row[]> = {
  kind: 'tune',
  needs: (body, agentId, needs) => void needs.gateway(body.gatewayId, agentId),
  open: () => [],
  apply({ sender, body }, batch, rows, refusals) {
    const gateway = batch.access.own(body.gatewayId, sender, refusals);
    if (gateway !== null) rows.push({ ...body, operatorId: sender.operatorId, siteId: sender.siteId });
  },
  async write(sql, rows, batch) {
    for (const { gatewayId, operatorId, siteId, at, tune: text } of rows) {
      await sql.query(
        `insert into gateway_event (id, operator_id, site_id, gateway_id, at, received_at, kind, severity, text, source, detail)
         values ($1, $2, $3, $4, $5, $5, 'other', 'info', $6, 'agent', '{}')`,
        [randomUUID(), operatorId, siteId, gatewayId, new Date(at), text],
      );
      batch.publish(operatorId, { type: 'inventory', gatewayId, siteId });
    }
  },
};

const now = Date.now();
let database: TestDatabase;
let ingest: IngestInstance;
let agent: TestAgent;

beforeAll(async () => {
  database = await createDatabase();
  ingest = await startIngest(database.config, () => now, [tune]);
  agent = await plantAgent(database.ownerUrl);
});
afterAll(async () => {
  await ingest.close();
  await database.drop();
});

/** The message as the decoder of a release with the kind returns it. */
function tuneItem(stream: TestStream, gatewayId: string): Item {
  const message = stream.say('tune' as never, { gatewayId, at: now, tune: 'reveille' } as never);
  const { epoch, seq, after } = message;
  const read = { position: [epoch, seq], after: [...after], kind: message.kind, message, rejection: null } as const;
  return { ...itemOf(agent.agentId, message, now), ...read, after: [after[0], after[1]] };
}

test('the contract checks a new kind, and the outbox keeps it, from its entry in the table', () => {
  const message = new TestStream().say(
    'tune' as never,
    { gatewayId: randomUUID(), at: now, tune: 'reveille' } as never,
  );
  const check = compileMessageCheck(upMessageSchema(table));
  expect(check(message)).toBeNull();
  expect(check({ ...message, body: { tune: 7 } })?.path).toBe('/body');
  expect(kindsByDiskCode(table)[255]).toBe('tune');
});

test('the ingest loads, applies, writes and publishes a new kind by its module, exactly once', async () => {
  const stream = new TestStream();
  const gatewayId = randomUUID();
  const inventory = itemOf(agent.agentId, stream.say('inventory', inventoryOf(gatewayId, [1])), now);
  const ours = tuneItem(stream, gatewayId);
  const foreign = tuneItem(stream, randomUUID());
  const [outcome] = await ingest.committer.commit([inventory, ours, foreign]);
  await ingest.committer.commit([ours]);
  expect(outcome?.published.map(({ event }) => event.type)).toEqual(['inventory', 'gateway', 'inventory']);
  expect(outcome?.rejections.map(({ rejection }) => rejection.code)).toEqual(['unknown-gateway']);
  const rows = await rowsOf(database.ownerUrl, 'select text from gateway_event where gateway_id = $1', [gatewayId]);
  expect(rows).toEqual([{ text: 'reveille' }]);
});
