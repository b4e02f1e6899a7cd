import { randomUUID } from 'node:crypto';
import { UP_KINDS, type UpMessage } from '@loopstart/contracts';
import type { Position } from '@loopstart/domain';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Config } from '../src/core/config.ts';
import { Database } from '../src/core/db/database.ts';
import { Secrets } from '../src/core/secret/secrets.ts';
import { PkiService } from '../src/agents/pki/pki.service.ts';
import { Partitions } from '../src/telemetry/rollup/partitions.service.ts';
import { AgentDirectory } from '../src/agents/ingest/agent-directory.ts';
import { BatchTransaction } from '../src/agents/ingest/batch-transaction.ts';
import { Committer } from '../src/agents/ingest/committer.ts';
import { decodeUp } from '../src/agents/ingest/decide/decode.ts';
import type { Item } from '../src/agents/ingest/item.ts';
import { messageKinds } from '../src/agents/ingest/kinds/index.ts';
import type { AnyMessageKind } from '../src/agents/ingest/kinds/message-kind.ts';
import { MessageKinds } from '../src/agents/ingest/kinds/message-kinds.ts';
import { AgentRepository } from '../src/agents/ingest/store/agent.repository.ts';
import { CertificateUseRepository } from '../src/agents/ingest/store/certificate-use.repository.ts';
import { CursorRepository } from '../src/agents/ingest/store/cursor.repository.ts';
import { GatewayContextRepository } from '../src/agents/ingest/store/gateway-context.repository.ts';
import { InventoryRepository } from '../src/agents/ingest/store/inventory.repository.ts';
import { Layouts } from '../src/agents/ingest/store/layouts.ts';
import { MergedGatewayRepository } from '../src/agents/ingest/store/merged-gateway.repository.ts';
import { QuarantineRepository } from '../src/agents/ingest/store/quarantine.repository.ts';
import { RowEncoders } from '../src/agents/ingest/store/row-encoders.ts';
import { TelemetryRepository } from '../src/agents/ingest/store/telemetry.repository.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { asOwner } from './postgres.ts';

export { inventoryOf, reportOf, stepOf } from './agent-messages.ts';

/** What one API process has for committing, without the process. */
export interface IngestInstance {
  committer: Committer;
  db: Database;
  pki: PkiService;
  close(): Promise<void>;
}

/** `more`: kinds of messages besides those of the contract. */
export async function startIngest(
  config: Config,
  now: () => number,
  more: readonly AnyMessageKind[] = [],
): Promise<IngestInstance> {
  const db = new Database(config);
  const encoders = new RowEncoders(db);
  const secrets = await Secrets.of(config, now);
  const pki = new PkiService(db, secrets, config, now);
  const partitions = new Partitions(db, config, now);
  await pki.onModuleInit();
  await partitions.ensure();
  const kinds = [...messageKinds({ pki, inventories: new InventoryRepository(), encoders, secrets }), ...more];
  const transaction = new BatchTransaction(
    db,
    new MessageKinds(kinds, [...UP_KINDS, ...more.map(({ kind }) => kind)]),
    new CursorRepository(),
    new GatewayContextRepository(encoders),
    new TelemetryRepository(encoders),
    new AgentRepository(),
    new CertificateUseRepository(),
    new QuarantineRepository(),
    new Layouts(),
    new MergedGatewayRepository(),
    config,
    now,
  );
  const committer = new Committer(transaction, new AgentDirectory(db, now), encoders, partitions);
  const close = async () => {
    await secrets.onApplicationShutdown();
    await db.onApplicationShutdown();
  };
  return { committer, db, pki, close };
}

/** What a spec file of the ingest works with: a database and an instance for the file, an agent with an empty stream for each test. */
export interface IngestSetting {
  database: TestDatabase;
  ingest: IngestInstance;
  agent: TestAgent;
  stream: TestStream;
}

/** Makes the setting by the hooks of the file that calls this; its parts are there once a test runs. */
export function useIngest(now: () => number): IngestSetting {
  const setting = {} as IngestSetting;
  beforeAll(async () => {
    setting.database = await createDatabase();
    setting.ingest = await startIngest(setting.database.config, now);
  });
  afterAll(async () => {
    await setting.ingest.close();
    await setting.database.drop();
  });
  beforeEach(async () => {
    setting.agent = await plantAgent(setting.database.ownerUrl);
    setting.stream = new TestStream();
  });
  return setting;
}

export interface TestAgent {
  agentId: string;
  operatorId: string;
  siteId: string;
}

/** A site with an agent, made by SQL. Of a given operator, or of a new one. */
export async function plantAgent(
  ownerUrl: string,
  place: { operatorId?: string; siteId?: string } = {},
): Promise<TestAgent> {
  const operatorId = place.operatorId ?? randomUUID();
  const siteId = place.siteId ?? randomUUID();
  const agentId = randomUUID();
  const customerId = randomUUID();
  await asOwner(ownerUrl, async (sql) => {
    if (place.operatorId === undefined)
      await sql.query('insert into operator (id, name) values ($1, $2)', [operatorId, `Operator ${operatorId}`]);
    if (place.siteId === undefined) {
      await sql.query('insert into customer (id, operator_id, name) values ($1, $2, $3)', [
        customerId,
        operatorId,
        `Customer ${customerId}`,
      ]);
      await sql.query('insert into site (id, operator_id, customer_id, name, time_zone) values ($1, $2, $3, $4, $5)', [
        siteId,
        operatorId,
        customerId,
        'North House',
        'Europe/London',
      ]);
    }
    await sql.query(
      `insert into agent (id, operator_id, site_id, hostname, version, certificate_expires_at) values ($1, $2, $3, 'north-1', '1.0.0', now() + interval '90 days')`,
      [agentId, operatorId, siteId],
    );
    await sql.query('insert into agent_cursor (agent_id, operator_id) values ($1, $2)', [agentId, operatorId]);
  });
  return { agentId, operatorId, siteId };
}

type Body<K extends UpMessage['kind']> = Extract<UpMessage, { kind: K }>['body'];

/** An agent's outbox: numbers what is said and keeps it. */
export class TestStream {
  readonly messages: UpMessage[] = [];
  epoch = 1;
  #seq = 0;
  #after: Position = [0, 0];

  say<K extends UpMessage['kind']>(kind: K, body: Body<K>): UpMessage {
    this.#seq += 1;
    const message = { v: 1, epoch: this.epoch, seq: this.#seq, after: [...this.#after], kind, body } as UpMessage;
    this.#after = [this.epoch, this.#seq];
    this.messages.push(message);
    return message;
  }

  get position(): Position {
    return this.#after;
  }
}

/** A message as the link hands it over. */
export function itemOf(agentId: string, message: unknown, receivedAtMs: number): Item {
  const payload = Buffer.isBuffer(message) ? message : Buffer.from(JSON.stringify(message));
  return { ...decodeUp(payload), agentId, payload, receivedAtMs, settle: () => undefined };
}

/** An inventory of a gateway with ports at these positions. */
/** Runs a query as the owner, past row-level security. */
export async function rowsOf<R extends pg.QueryResultRow>(
  ownerUrl: string,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  return asOwner(ownerUrl, async (sql) => (await sql.query<R>(text, values)).rows);
}
