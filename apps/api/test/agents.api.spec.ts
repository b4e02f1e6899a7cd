import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENT_LEASE_S } from '../src/core/fleet/effective-gateway.ts';
import { Secrets } from '../src/core/secret/secrets.ts';
import { AgentSignals } from '../src/agents/registry/agent-signals.ts';
import { openTarget } from '../src/agents/registry/target-access.ts';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { asOwner } from './postgres.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const SECRETS = ['the community', 'to write with', 'authenticate me', 'and hide this'];

let api: TestApp;
let oak: TestOperator;
let ids: Planted;
beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  oak = await api.operator('Oak');
  ids = await plant(api.database.ownerUrl, oak.operatorId, { at: ago(5), site: 'North House' });
});
afterAll(() => api.close());

const v2c = {
  id: 'lobby',
  address: '192.0.2.0/24',
  port: 161,
  pollIntervalMs: null,
  access: { version: 'v2c', community: SECRETS[0]!, writeCommunity: SECRETS[1]! },
} as const;
const v3 = {
  id: 'plant',
  address: '192.0.2.7',
  port: 1161,
  pollIntervalMs: 5000,
  access: {
    version: 'v3',
    user: 'reader',
    level: 'authPriv',
    authProtocol: 'sha256',
    authPassphrase: SECRETS[2]!,
    privProtocol: 'aes128',
    privPassphrase: SECRETS[3]!,
  },
} as const;

describe('where an agent looks', () => {
  const params = () => ({ agentId: ids.agentId });

  test('is stored in order, sent to the agent, and its secrets are never returned', async () => {
    const signals: unknown[] = [];
    const off = api.app.get(AgentSignals).on((signal) => signals.push(signal));
    const put = await oak.technician(endpoints.putAgentTargets, {
      params: params(),
      body: { targets: [v2c, v3], trapPort: 1162 },
    });
    off();
    expect(signals).toEqual([{ type: 'desired-state-changed', agentId: ids.agentId, operatorId: oak.operatorId }]);
    expect(put).toMatchObject({ revision: 1, trapPort: 1162 });
    expect(put.targets).toEqual([
      {
        id: 'lobby',
        address: '192.0.2.0/24',
        port: 161,
        version: 'v2c',
        user: null,
        level: null,
        hasSecrets: true,
        canWrite: true,
        pollIntervalMs: null,
      },
      {
        id: 'plant',
        address: '192.0.2.7',
        port: 1161,
        version: 'v3',
        user: 'reader',
        level: 'authPriv',
        hasSecrets: true,
        canWrite: true,
        pollIntervalMs: 5000,
      },
    ]);
    const read = await oak.technician(endpoints.getAgentTargets, { params: params() });
    for (const secret of SECRETS) expect(JSON.stringify(read)).not.toContain(secret);
  });

  test('is refused where all targets together name too many addresses, by the first that is one too many', async () => {
    const targets = Array.from({ length: 17 }, (_, at) => ({ ...v2c, id: `range-${at}`, address: `10.${at}.0.0/22` }));
    const put = (count: number) =>
      oak.technician(endpoints.putAgentTargets, { params: params(), body: { targets: targets.slice(0, count) } });
    expect(await problemOf(put(17))).toMatchObject({
      code: 'invalid-input',
      fields: [
        { path: 'body.targets.16.address', expected: expect.stringContaining('at most 16352 addresses') as unknown },
      ],
    });
    const wide = { targets: [{ ...v2c, address: '10.0.0.0/1' }] };
    expect(await problemOf(oak.technician(endpoints.putAgentTargets, { params: params(), body: wide }))).toMatchObject({
      fields: [{ path: 'body.targets.0.address' }],
    });
  });

  test('rests encrypted, bound to its agent and target, and is not in the audit', async () => {
    const { targets, audit } = await asOwner(api.database.ownerUrl, async (sql) => ({
      targets: (
        await sql.query(
          `select id, address, port, access, poll_interval_ms as "pollIntervalMs" from agent_target order by ordinal`,
        )
      ).rows,
      audit: (await sql.query('select change::text from audit_entry')).rows,
    }));
    const stored = targets.map((row) => row.access.toString('latin1')).join() + JSON.stringify(audit);
    for (const secret of SECRETS) expect(stored).not.toContain(secret);
    const secrets = api.app.get(Secrets);
    const owner = { operatorId: oak.operatorId, agentId: ids.agentId };
    const moved = 'unable to authenticate data';
    expect((await openTarget(secrets, owner, targets[1])).access).toEqual(v3.access);
    await expect(openTarget(secrets, { ...owner, agentId: crypto.randomUUID() }, targets[1])).rejects.toThrow(moved);
    await expect(openTarget(secrets, owner, { ...targets[1], id: 'lobby' })).rejects.toThrow(moved);
  });

  test('keeps the access of a target that is sent without it, as long as its address stays', async () => {
    const { access: _, ...same } = v3;
    const body = { targets: [{ ...same, pollIntervalMs: 60_000 }] };
    const put = await oak.technician(endpoints.putAgentTargets, { params: params(), body });
    expect(put).toMatchObject({ revision: 2, trapPort: 1162, targets: [{ id: 'plant', hasSecrets: true }] });
    const { rows } = await asOwner(api.database.ownerUrl, (sql) =>
      sql.query(`select id, address, port, access, poll_interval_ms as "pollIntervalMs" from agent_target`),
    );
    expect(rows).toHaveLength(1);
    const owner = { operatorId: oak.operatorId, agentId: ids.agentId };
    expect((await openTarget(api.app.get(Secrets), owner, rows[0])).access).toEqual(v3.access);
  });

  test('asks for the access of a target again when its address changes', async () => {
    const { access: _, ...moved } = v3;
    const body = { targets: [{ ...moved, address: '192.0.2.8' }] };
    const refused = await problemOf(oak.technician(endpoints.putAgentTargets, { params: params(), body }));
    expect(refused).toMatchObject({ status: 400, fields: [{ path: 'body.targets.0.access' }] });
  });

  test.for([
    [
      'a new target without access',
      [{ id: 'new', address: '192.0.2.9', port: 161, pollIntervalMs: null }],
      'body.targets.0.access',
    ],
    ['one id twice', [v2c, { ...v3, id: 'lobby' }], 'body.targets.1.id'],
    ['a port that is none', [{ ...v2c, port: 70_000 }], 'body.targets.0.port'],
    [
      'a passphrase that is too short',
      [{ ...v3, access: { ...v3.access, authPassphrase: 'short' } }],
      'body.targets.0.access.authPassphrase',
    ],
  ] as const)('%s is refused by the field and changes nothing', async ([, targets, path]) => {
    const before = await oak.technician(endpoints.getAgentTargets, { params: params() });
    const problem = await problemOf(
      oak.technician(endpoints.putAgentTargets, { params: params(), body: { targets: [...targets] as never } }),
    );
    expect(problem.fields?.map((field) => field.path)).toContain(path);
    expect(await oak.technician(endpoints.getAgentTargets, { params: params() })).toEqual(before);
  });
});

describe('how an agent is', () => {
  test.for([
    ['seen a moment ago', { at: ago(5) }, 'online'],
    ['seen just within its lease', { at: ago(AGENT_LEASE_S - 1) }, 'online'],
    ['not seen for its lease', { at: ago(AGENT_LEASE_S) }, 'silent'],
    ['said good-bye', { at: ago(5), online: false }, 'silent'],
    ['never seen', { at: ago(5), agentSeenAt: null }, 'never-connected'],
  ] as const)('%s', async ([, options, state]) => {
    const { agentId } = await plant(api.database.ownerUrl, oak.operatorId, options);
    expect(await oak.viewer(endpoints.getAgent, { params: { agentId } })).toMatchObject({ state, gatewayCount: 1 });
    const listed = await oak.viewer(endpoints.listAgents, { query: { state } });
    expect(listed.items.map((agent) => agent.id)).toContain(agentId);
    expect(new Set(listed.items.map((agent) => agent.state))).toEqual(new Set([state]));
  });

  test('revoked: for good, its certificates too, and what is behind it is unknown', async () => {
    const gone = await plant(api.database.ownerUrl, oak.operatorId, { at: ago(5) });
    await asOwner(api.database.ownerUrl, (sql) =>
      sql.query(
        `insert into agent_certificate (serial, operator_id, agent_id, not_after) values ('01', $1, $2, now() + interval '1 day')`,
        [oak.operatorId, gone.agentId],
      ),
    );
    const params = { agentId: gone.agentId };
    expect(await oak.admin(endpoints.revokeAgent, { params })).toMatchObject({ state: 'revoked' });
    expect(await oak.admin(endpoints.revokeAgent, { params })).toMatchObject({ state: 'revoked' });
    const { rows } = await asOwner(api.database.ownerUrl, (sql) =>
      sql.query("select * from resolve_certificate('01')"),
    );
    expect(rows).toMatchObject([{ revoked: true }]);
    expect(await oak.viewer(endpoints.getGateway, { params: { gatewayId: gone.gatewayId } })).toMatchObject({
      reachability: 'unknown',
      worst: 'unknown',
    });
  });
});
