import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, signInAll, startApp, type TestApp, type TestOperator } from './app.ts';
import { healthOf } from './agent-health.ts';
import { rowsOf, TestStream } from './ingest.ts';
import { brokerUrl, enrolAgent, type Identity, MqttAgent } from './mqtt-agent.ts';
import { makeCsr } from './pki.ts';
import { returnProof } from './returning.ts';

const DAY_MS = 86_400_000;
let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let now = Date.now();

beforeAll(async () => {
  api = await startApp({ clock: () => now });
  oak = await api.operator('Oak');
  elm = await api.operator('Elm');
});
afterAll(() => api.close());

/** Sessions of people end while agents are away. */
const later = (ms: number) => (now += ms);
const challenge = async () => {
  // Each is of another instant, as in life.
  later(1);
  return (await api.anonymous(endpoints.challengeAgentReturn)).challenge;
};

const proofOf = async (identity: Identity, rest: Parameters<typeof returnProof>[2] = {}) =>
  returnProof(api, identity, { challenge: await challenge(), ...rest });
const comeBack = async (...args: Parameters<typeof proofOf>) =>
  api.anonymous(endpoints.returnAgent, { body: await proofOf(...args) });

describe('a machine whose certificate is behind', () => {
  test('is refused by the broker, alerts people, and comes back by approval alone', async () => {
    const fresh = oak;
    const identity = await enrolAgent(api, fresh);
    const { agentId } = identity;
    const params = { agentId };
    const shown = () => fresh.viewer(endpoints.getAgent, { params });
    const stream = new TestStream();
    const agent = await MqttAgent.connect(brokerUrl(api), identity);
    const expiry = async () => Date.parse((await shown()).certificateExpiresAt);
    await agent.say(stream.say('health', healthOf({ certificateExpiresAt: await expiry() })));
    await agent.receives('ack', ({ position }) => position[1] === 1);
    // The copy of its state folder is made now; then it renews.
    later(2_000);
    const { csrPem, keyPem } = await makeCsr();
    await agent.say(stream.say('renew', { csrPem }));
    const { certificatePem } = await agent.receives('certificate');
    const renewed = { ...identity, keyPem, certificatePem };
    // Issued and not used yet: the former one still counts.
    await (await MqttAgent.connect(brokerUrl(api), identity)).end();
    const again = await MqttAgent.connect(brokerUrl(api), renewed);
    await again.say(stream.say('health', healthOf({ certificateExpiresAt: await expiry() })));
    await again.receives('ack', ({ position }) => position[1] === 3);
    expect((await shown()).identityConflictAt).toBeNull();

    await expect(MqttAgent.connect(brokerUrl(api), identity)).rejects.toThrow(/[Nn]ot authorized/);
    expect(again.client.connected).toBe(true);
    for (let at = null; at === null;) ({ identityConflictAt: at } = await shown());
    expect(await comeBack(identity)).toMatchObject({ state: 'waiting', reason: 'older-key' });
    // The machine that is right is not disturbed by that, and renews as ever.
    expect(again.client.connected).toBe(true);

    // Settled: the settings ask for a younger certificate.
    await fresh.admin(endpoints.settleIdentityConflict, { params });
    const { config } = await again.receives('config', ({ config: sent }) => sent.certificateStaleBeforeMs !== null);
    expect(config.certificateStaleBeforeMs).toBeGreaterThan(now - 400_000);
    await again.end();
  });
});

describe('an agent that was off', () => {
  test('for 30 days comes back by itself, and is connected with what it got', async () => {
    const identity = await enrolAgent(api, oak);
    later(30 * DAY_MS);
    await expect(MqttAgent.connect(brokerUrl(api), identity)).rejects.toThrow(/./);
    const answer = await comeBack(identity);
    if (answer.state !== 'renewed') throw new Error(answer.state);
    // The certificate is of the API's time, which this test has moved: the database is asked instead of the broker.
    const rows = await rowsOf<{ days: number }>(
      api.database.ownerUrl,
      `select extract(epoch from not_after - issued_at) / 86400 as days from agent_certificate where agent_id = $1 order by issued_at desc limit 1`,
      [identity.agentId],
    );
    expect(Math.round(Number(rows[0]!.days))).toBe(7);
    const audit = await rowsOf(api.database.ownerUrl, 'select verb from audit_entry where subject_id = $1', [
      identity.agentId,
    ]);
    expect(audit).toContainEqual({ verb: 'return' });
  });

  test('for longer asks a person, who approves exactly its key', async () => {
    const identity = await enrolAgent(api, await freshOperator(oak));
    later(40 * DAY_MS);
    const fresh = await freshOperator(oak);
    const asked = await comeBack(identity);
    expect(asked).toMatchObject({ state: 'waiting', reason: 'away-too-long' });
    const { keySha256 } = asked as { keySha256: string };
    later(60_000);
    await comeBack(identity);
    const { items } = await fresh.viewer(endpoints.listAgentReturns);
    const shown = items.find(({ agentId }) => agentId === identity.agentId)!;
    expect(shown).toMatchObject({ keySha256, address: '127.0.0.1', hostname: 'north-1', approved: null });
    expect(Date.parse(shown.lastAskedAt) - Date.parse(shown.firstAskedAt)).toBeGreaterThanOrEqual(60_000);

    const params = { agentId: identity.agentId };
    const decide = (client: typeof fresh.admin, key: string, approve: boolean) =>
      client(endpoints.decideAgentReturn, { params, body: { keySha256: key, approve } });
    const strangers = await freshOperator(elm);
    expect((await strangers.viewer(endpoints.listAgentReturns)).items).toEqual([]);
    expect(await problemOf(decide(strangers.admin, keySha256, true))).toMatchObject({ code: 'not-found' });
    expect(await problemOf(decide(fresh.technician, keySha256, true))).toMatchObject({ code: 'not-allowed' });
    expect(await problemOf(decide(fresh.admin, 'b'.repeat(64), true))).toMatchObject({ code: 'not-found' });
    expect(await decide(fresh.admin, keySha256, true)).toMatchObject({ approved: true, decidedBy: 'Oak admin' });
    expect(await comeBack(identity)).toMatchObject({ state: 'renewed' });
    // The approval counts for a week: an answer that was lost on its way is not the end.
    later(8 * DAY_MS);
    expect(await comeBack(identity)).toMatchObject({ state: 'waiting' });
  });

  test('is refused with the reason where a person refused it, and where it is revoked', async () => {
    const identity = await enrolAgent(api, await freshOperator(oak));
    later(40 * DAY_MS);
    const fresh = await freshOperator(oak);
    const { keySha256 } = (await comeBack(identity)) as { keySha256: string };
    const params = { agentId: identity.agentId };
    await fresh.admin(endpoints.decideAgentReturn, { params, body: { keySha256, approve: false } });
    expect(await problemOf(comeBack(identity))).toMatchObject({ code: 'return-refused', status: 403 });
    await fresh.admin(endpoints.revokeAgent, { params });
    expect(await problemOf(comeBack(identity))).toMatchObject({ code: 'agent-revoked', status: 403 });
    expect((await fresh.viewer(endpoints.listAgentReturns)).items.map(({ agentId }) => agentId)).not.toContain(
      identity.agentId,
    );
  });
});

describe('a proof that is none', () => {
  test.for<[string, (identity: Identity) => Promise<Parameters<typeof proofOf>[1]>, string]>([
    ['by another key', async () => ({ signedBy: (await makeCsr()).keyPem }), 'key-not-proven'],
    ['for another key', async () => ({ csrPem: (await makeCsr()).csrPem }), 'key-not-proven'],
    ['of a challenge that was made up', async () => ({ challenge: `${now}.abc.def` }), 'challenge-refused'],
    [
      'of a challenge whose time was changed',
      async () => ({ challenge: (await challenge()).replace(/^\d+/, String(now + 1)) }),
      'challenge-refused',
    ],
    ['of a request that is none', async () => ({ csrPem: 'x'.repeat(200) }), 'invalid-input'],
  ])('%s is refused, and nothing is stored', async ([, spoil, code]) => {
    const identity = await enrolAgent(api, await freshOperator(oak));
    later(40 * DAY_MS);
    expect(await problemOf(comeBack(identity, await spoil(identity)))).toMatchObject({ code });
    expect(
      await rowsOf(api.database.ownerUrl, 'select 1 from agent_return where agent_id = $1', [identity.agentId]),
    ).toEqual([]);
  });

  test('of another installation is not ours', async () => {
    const other = await startApp();
    try {
      const stranger = await enrolAgent(other, await other.operator('Ash'));
      expect(await problemOf(comeBack(stranger))).toMatchObject({ code: 'certificate-unknown', status: 404 });
    } finally {
      await other.close();
    }
  });

  test('a challenge works once, of twenty at once for one, and for five minutes', async () => {
    const identity = await enrolAgent(api, await freshOperator(oak));
    const one = await challenge();
    const proof = await proofOf(identity, { challenge: one });
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => api.anonymous(endpoints.returnAgent, { body: proof })),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ problem: { code: 'challenge-refused' } });
    later(60_000);
    const old = await challenge();
    later(300_001);
    expect(await problemOf(comeBack(identity, { challenge: old }))).toMatchObject({ code: 'challenge-refused' });
  });

  test('costs no memory: strangers are paced by their network, with those that enrol', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 90 }, () => challenge()));
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(20);
    expect((refused[0] as PromiseRejectedResult).reason).toMatchObject({ problem: { code: 'too-many-requests' } });
    later(3_600_000);
  });
});

/** Signed in now: sessions end while the clock of this test runs ahead. */
function freshOperator({ operatorId }: TestOperator): Promise<TestOperator> {
  return signInAll(api.url, operatorId);
}
