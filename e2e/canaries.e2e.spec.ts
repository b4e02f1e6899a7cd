import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SEALED_FIELDS } from '../apps/api/dist/core/secret/sealed-fields.js';
import { startMailServer, startReceiver } from '../apps/api/test/outbound/careless-receivers.ts';
import { SyslogReceiver } from '../apps/api/test/outbound/syslog-receiver.ts';
import { inRoot } from '../scripts/lib/process.ts';
import { listenToBroker, startAgent } from './lib/canaries/agents.ts';
import { Canaries, spellings } from './lib/canaries/canaries.ts';
import { failInside } from './lib/canaries/errors.ts';
import { readEverything } from './lib/canaries/read-everything.ts';
import { useRightPlaces } from './lib/canaries/right-places.ts';
import { canaries, contents, known, never, search, WITNESS, witness } from './lib/canaries/search.ts';
import { backupOf, databaseDump, filesBelow, type Pieces, processesBelow } from './lib/canaries/sinks.ts';
import { type Answer, Visitor } from './lib/canaries/visitor.ts';
import { allEndpoints, mistype, secretFields, useWrongPlaces } from './lib/canaries/wrong-places.ts';
import { portsOf } from './lib/ports.ts';
import { type Stack, startStack, until } from './lib/stack.ts';

const BASE = portsOf('canaries');
const WAIT_MS = 60_000;
/** Answers of receivers that repeat what they were sent, at least. */
const ECHOES = 20;
const answers: Answer[] = [];
const pages: Answer[] = [];
const packets: Pieces = [];

let stack: Stack;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let syslog: SyslogReceiver;
let owner: Visitor;
let agent: ChildProcess;
let agentDir: string;
let wrongly: string[] = [];
let failures = { asked: 0, failed: 0 };

const stranger = () => new Visitor(stack.apiUrl, answers);
const secretIn = (name: string) => readFileSync(join(stack.dataDir, name), 'utf8').trim();

beforeAll(async () => {
  receiver = await startReceiver();
  syslog = await SyslogReceiver.start();
  mail = await startMailServer(canaries.mint('password of the mail server'));
  stack = await startStack(BASE, {
    demo: false,
    env: {
      LOG_LEVEL: 'trace',
      SMTP_URL: mail.url,
      WATCHDOG_URL: `${receiver.origin}/${canaries.mint('address of the watchdog')}`,
      LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1,localhost',
      RATE_LIMIT_ADDRESS_PER_MINUTE: '100000',
      RATE_LIMIT_SESSION_PER_MINUTE: '100000',
    },
  });
  for (const name of ['secret.key', 'console.key', 'metrics.token', 'postgres.password'])
    canaries.add(name, secretIn(name));
  const code = /set it up with\s+(\S+)/u.exec(stack.output())?.[1];
  canaries.add('set-up code', code!);
  owner = await signInAsOwner();
  await owner.call(endpoints.updateOrganisation, { body: { name: WITNESS } });
  await owner.ask('/api/v1/session', { headers: { 'x-request-id': WITNESS } });
  const started = await startAgent({ stack, owner, base: BASE });
  const { agentId, siteId } = started;
  [agent, agentDir] = [started.agent, started.folder];
  await mistype(canaries, stack.email, stranger);
  await refuseMail();
  const at = { canaries, owner, stranger, receiver: receiver.origin, mails: mail.mails, agentId, siteId };
  await owner.call(endpoints.createAuditStream, {
    body: {
      kind: 'syslog',
      name: 'Syslog',
      from: 'start',
      host: 'localhost',
      port: syslog.port,
      ca: syslog.certificate,
    },
  });
  const endListening = await listenToBroker({ stack, owner, base: BASE }, packets);
  const readOnly = await useRightPlaces(at);
  wrongly = await useWrongPlaces(canaries, owner, stranger);
  await endListening();
  const database = await stack.database();
  await until('what failing receivers answered is kept', WAIT_MS, async () => {
    const { rows } = await database.query(`select from delivery_attempt where answer like '%you sent%'`);
    return rows.length >= ECHOES ? true : undefined;
  });
  await until('the audit trail by syslog', WAIT_MS, async () =>
    syslog.received.some((message) => witness.find(JSON.stringify(message)).length > 0) ? true : undefined,
  );
  const browser = () => new Visitor(stack.webUrl, pages);
  await readEverything({ owner, readOnly, browser, metricsToken: secretIn('metrics.token') });
  failures = await failInside(database, at);
  await database.end();
}, 300_000);

afterAll(async () => {
  agent?.kill('SIGKILL');
  await stack?.stop();
  await receiver?.stop();
  await syslog?.stop();
  await mail?.stop();
  stack?.removeData();
});

async function signInAsOwner(): Promise<Visitor> {
  const visitor = stranger();
  const { email, password } = stack;
  await visitor.once(endpoints.signIn, { body: { email, password } });
  const newPassword = canaries.mint('password');
  await visitor.once(endpoints.changePassword, { body: { currentPassword: password, newPassword } });
  for (const value of visitor.cookieValues) canaries.add('session token', value);
  return visitor;
}

/** Mail that the server refuses, with an answer that has the password. */
async function refuseMail(): Promise<void> {
  await stranger().call(endpoints.askReset, { body: { email: stack.email } });
  await until('the mail server refuses', WAIT_MS, async () => (mail.refusedTries() > 0 ? true : undefined));
  mail.accept();
}

/** What is stored for a gateway alone; the agent of this walk has none. The specs of the API look for secrets in them. */
const OF_GATEWAYS = ['config_job.payload', 'running_config.text', 'config_access.access'];

describe('the walk', () => {
  test('finds a secret in each spelling, wherever it stands', () => {
    const one = new Canaries();
    const value = one.mint('x');
    const spelt = spellings(value);
    for (const [encoding, text] of spelt) expect(one.find(`a "${text}" z`), encoding).not.toEqual([]);
    for (const before of ['', 'a', 'ab', 'abc'])
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        expect(one.find(Buffer.from(`${before}${value}zz`).toString(encoding)), `${encoding} ${before}`).not.toEqual(
          [],
        );
    expect(one.find(`${value.slice(0, -1)}!`)).toEqual([]);
  });

  test('has more than 200 secrets, and every kind that the database seals or keeps a hash of', async () => {
    expect(canaries.count).toBeGreaterThan(200);
    expect(canaries.kinds.size).toBeGreaterThan(30);
    const database = await stack.database();
    const { rows: hashed } = await database.query<{ name: string }>(
      `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid = 'bytea'::regtype
         and a.attname ~ '_hash$' and a.attname !~ '^begins_' and not a.attisdropped`,
    );
    const empty: string[] = [];
    for (const name of [...Object.keys(SEALED_FIELDS), ...hashed.map((row) => row.name)]) {
      const [table, column] = name.split('.');
      const { rows } = await database.query(`select from ${table} where ${column} is not null limit 1`);
      if (rows.length === 0) empty.push(name);
    }
    await database.end();
    expect(empty).toEqual(OF_GATEWAYS);
    expect(allEndpoints.filter((endpoint) => secretFields(endpoint).length > 0).length).toBeGreaterThan(20);
  });

  test('did nothing by wrong input, and made right calls fail inside', () => {
    // Give anybody something to sign, whatever they send.
    expect(wrongly).toEqual(['POST /api/v1/agent-returns/challenge 200', 'POST /api/v1/session/passkey/options 201']);
    expect(failures.failed).toBe(failures.asked);
    expect(answers.filter(({ status }) => status === 500).length).toBeGreaterThan(3);
  });
});

/** What an agent needs to read its own gateways and to be itself. */
const ofAgents = (kind: string) => kind.startsWith('SNMP') || kind === 'key of an agent';

describe('no secret is in', () => {
  test('the logs of API, console, database and agent, at the most verbose', () =>
    search(
      filesBelow(join(stack.dataDir, 'logs')),
      // Printed at the start of an empty system: it opens nothing any more.
      (kind, at) => kind === 'set-up code' && at.endsWith('api.log'),
    ));

  test('an answer of the API, an export or the metrics', () => search(contents(answers)));

  test('a page of the console', () => search(contents(pages)));

  test('what the browser is sent', () =>
    search(filesBelow(inRoot('apps/web/.next/static')), never, known('x-loopstart-csrf')));

  test('a row of the database, its queues included', async () => {
    const database = await stack.database();
    try {
      search(await databaseDump(database));
    } finally {
      await database.end();
    }
  });

  test('a message to a receiver of alerts or of the audit trail', () =>
    search(
      receiver.arrived.map(({ to, content }) => ({ at: to, content })),
      // What these receivers are given to let us in.
      (kind, at) =>
        (at === '/pagerduty' && kind === 'PagerDuty key') ||
        (at === '/idp/token' && /identity provider|client secret/u.test(kind)),
    ));

  test('a message of the audit trail by syslog', () =>
    search(syslog.received.map((message) => ({ at: message.msgId, content: JSON.stringify(message) }))));

  test('a mail, but for the link that it is for', () =>
    search(
      mail.mails.map((content) => ({ at: 'mail', content })),
      (kind) => kind.startsWith('link '),
    ));

  test('what the broker gives to another agent', () => search(packets));

  test('a file of the agent, but for what it needs', () => search(filesBelow(agentDir), ofAgents));

  test('a backup, or what it leaves behind', async () => {
    const database = await stack.database();
    const url = (database as unknown as { connectionParameters: { port: number } }).connectionParameters;
    await database.end();
    const DATABASE_URL = `postgresql://loopstart:${secretIn('postgres.password')}@127.0.0.1:${url.port}/loopstart`;
    search(
      backupOf(join(stack.dataDir, 'backup-of-walk'), {
        DATABASE_URL,
        DATABASE_APP_URL: DATABASE_URL,
        LOOPSTART_SECRET_KEY_FILE: join(stack.dataDir, 'secret.key'),
      }),
    );
  });

  test('a command line, or the environment of a process that has no use for it', () =>
    search(
      processesBelow(process.pid),
      (kind, at) => kind === 'console.key' && at.startsWith('environment of'),
      known(agentDir),
    ));
});
