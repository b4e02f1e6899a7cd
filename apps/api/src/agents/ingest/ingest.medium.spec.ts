import { randomUUID } from 'node:crypto';
import type { PortListState } from '@loopstart/contracts';
import { beforeEach, describe, expect, test } from 'vitest';
import { inventoryOf, itemOf, reportOf, rowsOf, useIngest } from '../../../test/ingest.ts';
import { makeCsr } from '../../../test/pki.ts';
import type { BatchOutcome } from './decide/outcome.ts';

const START = Date.parse('2026-05-12T10:15:00Z');
let now = START;
const setting = useIngest(() => now);
let gatewayId: string;

beforeEach(async () => {
  now = START;
  gatewayId = randomUUID();
});

const commit = async (...messages: unknown[]): Promise<BatchOutcome> => {
  const outcomes = await setting.ingest.committer.commit(
    messages.map((message) => itemOf(setting.agent.agentId, message, now)),
  );
  expect(outcomes).toHaveLength(1);
  return outcomes[0]!;
};
const rows = <R extends object>(text: string, values: unknown[] = []) =>
  rowsOf<R & Record<string, unknown>>(setting.database.ownerUrl, text, values);
const current = async () => (await rows('select * from gateway_current where gateway_id = $1', [gatewayId]))[0]!;
const announce = () => commit(setting.stream.say('inventory', inventoryOf(gatewayId, [1, 2])));

describe('an inventory', () => {
  test('creates the gateway and its ports', async () => {
    const outcome = await announce();
    expect(outcome.agents[0]).toMatchObject({ committed: [1, 1], rejected: [], early: [] });
    expect(outcome.published).toEqual([
      { operatorId: setting.agent.operatorId, event: { type: 'inventory', gatewayId, siteId: setting.agent.siteId } },
      expect.objectContaining({ event: expect.objectContaining({ type: 'gateway' }) as unknown }),
    ]);
    expect(await rows('select vendor, site_id, agent_id, actions from gateway where id = $1', [gatewayId])).toEqual([
      { vendor: 'Acme', site_id: setting.agent.siteId, agent_id: setting.agent.agentId, actions: ['poll-now'] },
    ]);
    expect(
      await rows('select "position", ordinal, name, codecs from port where gateway_id = $1 order by 1', [gatewayId]),
    ).toEqual([
      { position: 1, ordinal: 0, name: 'FXS 1', codecs: ['G711'] },
      { position: 2, ordinal: 1, name: 'FXS 2', codecs: ['G711'] },
    ]);
    expect(await current()).toMatchObject({ revision: 1, ports_total: 2, ports_unknown: 2, worst: 'unknown' });
    expect(await rows('select positions from gateway_layout where gateway_id = $1', [gatewayId])).toEqual([
      { positions: [1, 2] },
    ]);
  });

  test('that changes keeps the entries of operators and the known state of remaining ports', async () => {
    await announce();
    await rows(
      `update port set label = 'Lift', number = '200', line_device_class = 'lift-phone' where gateway_id = $1 and "position" = 2`,
      [gatewayId],
    );
    await commit(
      setting.stream.say('reports', { reports: [reportOf(gatewayId, now, { full: true, state: { hook: [0, 1] } })] }),
    );
    const outcome = await commit(
      setting.stream.say('inventory', { ...inventoryOf(gatewayId, [3, 2], 2), portList: 'confirmed' }),
    );
    expect(outcome.agents[0]!.rejected).toEqual([]);
    expect(
      await rows(
        'select "position", ordinal, label, number, line_device_class, removed_at is null as there from port where gateway_id = $1 order by 1',
        [gatewayId],
      ),
    ).toEqual([
      { position: 1, ordinal: 0, label: null, number: null, line_device_class: 'unknown', there: false },
      { position: 2, ordinal: 1, label: 'Lift', number: '200', line_device_class: 'lift-phone', there: true },
      { position: 3, ordinal: 0, label: null, number: null, line_device_class: 'unknown', there: true },
    ]);
    expect(await current()).toMatchObject({ revision: 2, hook: [null, 1], state_since: [null, new Date(now)] });
  });
});

describe('the model in an inventory', () => {
  const TEXTS = { sysName: null, sysDescr: null, sysObjectId: null };
  const say = (gateway: object, revision = 1) => {
    const body = inventoryOf(gatewayId, [1], revision);
    return commit(setting.stream.say('inventory', { ...body, gateway: { ...body.gateway, ...gateway } }));
  };
  const stored = () => rows('select model, model_reason from gateway where id = $1', [gatewayId]);

  test.for([
    ['that is known', { model: 'FX-8' }, 'FX-8', null],
    ['that is not, with the reason of its agent', { model: null, modelReason: 'not-reported' }, null, 'not-reported'],
    ['of an older agent that has a text for it', { model: 'unknown model' }, null, 'unknown-hardware'],
    ['of one whose gateway reports nothing', { ...TEXTS, model: 'unknown model' }, null, 'not-reported'],
  ] as const)('%s', async ([, gateway, model, reason]) => {
    expect((await say(gateway)).agents[0]).toMatchObject({ committed: [1, 1], rejected: [] });
    expect(await stored()).toEqual([{ model, model_reason: reason }]);
  });

  test('that becomes known has no reason any more', async () => {
    await say({ model: null, modelReason: 'not-reported' });
    await say({ model: 'FX-8' }, 2);
    expect(await stored()).toEqual([{ model: 'FX-8', model_reason: null }]);
  });

  test('is never missing without a reason', async () => {
    await announce();
    await expect(rows('update gateway set model = null where id = $1', [gatewayId])).rejects.toThrow(
      'gateway_model_or_reason',
    );
  });
});

describe('an inventory that lacks a known port', () => {
  const ports = () =>
    rows(
      'select "position", ordinal, removed_at is null as there from port where gateway_id = $1 order by "position"',
      [gatewayId],
    );
  const say = (positions: readonly number[], revision: number, portList?: PortListState) =>
    commit(
      setting.stream.say('inventory', {
        ...inventoryOf(gatewayId, positions, revision),
        ...(portList === undefined ? {} : { portList }),
      }),
    );
  beforeEach(async () => {
    await say([1, 2, 3], 1, 'confirmed');
    const state = { hook: [0, 1, 0], registration: [0, 0, 0] };
    await commit(setting.stream.say('reports', { reports: [reportOf(gatewayId, now, { full: true, state })] }));
  });

  test.for([['incomplete'], ['unconfirmed'], [undefined]] as const)(
    'and calls its list %s removes nothing: the port is there, and not read',
    async ([portList]) => {
      await say([1, 3], 2, portList);
      expect(await ports()).toEqual([
        { position: 1, ordinal: 0, there: true },
        { position: 2, ordinal: 2, there: true },
        { position: 3, ordinal: 1, there: true },
      ]);
      expect(await current()).toMatchObject({ revision: 2, ports_total: 3, hook: [0, 0, 1] });
      now += 1_000;
      const report = reportOf(gatewayId, now, {
        full: true,
        revision: 2,
        state: { hook: [0, 0], registration: [0, 0] },
      });
      const outcome = await commit(setting.stream.say('reports', { reports: [report] }));
      expect(outcome.agents[0]!.rejected).toEqual([]);
      expect(await current()).toMatchObject({ ports_total: 3, ports_unknown: 1, observed_at: new Date(now) });
      expect(
        await rows(
          'select "position", to_code from port_state_change where gateway_id = $1 and at = $2 and field = 2 order by 1',
          [gatewayId, new Date(now)],
        ),
      ).toEqual([{ position: 2, to_code: null }]);
      // Read again, it is at its place, and the known states of the others have not moved.
      await say([1, 2, 3], 3, portList);
      now += 1_000;
      const back = reportOf(gatewayId, now, {
        full: true,
        revision: 3,
        state: { hook: [0, 1, 0], registration: [0, 0, 0] },
      });
      expect((await commit(setting.stream.say('reports', { reports: [back] }))).agents[0]!.rejected).toEqual([]);
      expect(await current()).toMatchObject({ ports_total: 3, ports_unknown: 0, hook: [0, 1, 0] });
      expect((await ports()).map(({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
    },
  );

  test('and is confirmed removes it', async () => {
    await say([1, 3], 2, 'confirmed');
    expect(await ports()).toMatchObject([{ there: true }, { position: 2, there: false }, { there: true }]);
    expect(await current()).toMatchObject({ revision: 2, ports_total: 2, hook: [0, 0] });
  });

  test('first unconfirmed and then confirmed removes it, also in one batch', async () => {
    await commit(
      setting.stream.say('inventory', { ...inventoryOf(gatewayId, [1, 3], 2), portList: 'unconfirmed' }),
      setting.stream.say('inventory', { ...inventoryOf(gatewayId, [1, 3], 3), portList: 'confirmed' }),
    );
    expect(await ports()).toMatchObject([{ there: true }, { position: 2, there: false }, { there: true }]);
  });

  test('refuses reports that do not fit its list', async () => {
    await say([1, 3], 2, 'incomplete');
    const report = reportOf(gatewayId, now, { full: true, revision: 2, state: { hook: [0, 0, 0] } });
    const outcome = await commit(setting.stream.say('reports', { reports: [report] }));
    expect(outcome.agents[0]!.rejected).toMatchObject([{ rejection: { code: 'wrong-length' } }]);
  });
});

describe('a report', () => {
  beforeEach(async () => {
    await announce();
  });

  test('with states moves the present, writes history and counts health by line device', async () => {
    await rows(`update port set line_device_class = 'alarm-panel' where gateway_id = $1 and "position" = 2`, [
      gatewayId,
    ]);
    const state = { hook: [0, 0], fault: [0, 1] };
    const outcome = await commit(
      setting.stream.say('reports', {
        reports: [reportOf(gatewayId, now - 1000, { full: true, state, gateway: { temperatureC: 41.5 } })],
      }),
    );
    expect(await current()).toMatchObject({
      hook: [0, 0],
      fault: [0, 1],
      reachability: 'reachable',
      observed_at: new Date(now - 1000),
      received_at: new Date(now),
      temperature_c: 41.5,
      ports_ok: 1,
      ports_critical: 1,
      worst: 'critical',
      state_since: [new Date(now - 1000), new Date(now - 1000)],
    });
    expect(
      await rows(
        'select "position", field, from_code, to_code from port_state_change where gateway_id = $1 order by 1, 2',
        [gatewayId],
      ),
    ).toEqual([
      { position: 1, field: 2, from_code: null, to_code: 0 },
      { position: 1, field: 5, from_code: null, to_code: 0 },
      { position: 2, field: 2, from_code: null, to_code: 0 },
      { position: 2, field: 5, from_code: null, to_code: 1 },
    ]);
    expect(outcome.published).toMatchObject([
      {
        operatorId: setting.agent.operatorId,
        event: {
          type: 'gateway',
          gateway: { temperatureC: 41.5, reachability: 'reachable' },
          ports: [
            { position: 1, hook: 'on-hook', severity: 'ok' },
            { position: 2, fault: 'no-line-device', severity: 'critical', healthReason: 'line-fault' },
          ],
        },
      },
    ]);
  });

  test('publishes only changes; the rest stays, and only changes are history', async () => {
    await commit(
      setting.stream.say('reports', {
        reports: [reportOf(gatewayId, now, { full: true, state: { hook: [0, 0], call: [0, 0] } })],
      }),
    );
    now += 60_000;
    const outcome = await commit(
      setting.stream.say('reports', { reports: [reportOf(gatewayId, now, { state: { hook: [0, 1] } })] }),
    );
    expect(await current()).toMatchObject({
      hook: [0, 1],
      call: [0, 0],
      state_since: [new Date(now - 60_000), new Date(now)],
    });
    expect(
      await rows(
        'select "position", at, field, from_code, to_code from port_state_change where gateway_id = $1 and at = $2',
        [gatewayId, new Date(now)],
      ),
    ).toEqual([{ position: 2, at: new Date(now), field: 2, from_code: 0, to_code: 1 }]);
    expect(outcome.published).toMatchObject([{ event: { ports: [{ position: 2, hook: 'off-hook' }] } }]);
  });

  test('with measurements alone is a sample and changes the present', async () => {
    const outcome = await commit(
      setting.stream.say('reports', {
        reports: [
          reportOf(gatewayId, now, {
            measures: { lineVoltageV: [48.1, null], loopCurrentMa: [0, 21.5] },
            counters: { callsIn: [12, 5_000_000_000] },
            gateway: { uptimeS: 86_400, cpuPercent: null },
          }),
        ],
      }),
    );
    const values = {
      line_voltage_v: [48.1, null],
      loop_current_ma: [0, 21.5],
      calls_in: [12, null],
      uptime_s: '86400',
      cpu_percent: null,
      jitter_ms: null,
    };
    expect(await rows('select * from gateway_sample where gateway_id = $1', [gatewayId])).toMatchObject([
      {
        ...values,
        operator_id: setting.agent.operatorId,
        taken_at: new Date(now),
        received_at: new Date(now),
        revision: 1,
      },
    ]);
    expect(await current()).toMatchObject({ ...values, reachability: 'reachable', observed_at: new Date(now) });
    expect(outcome.published).toMatchObject([
      {
        event: {
          ports: [
            { position: 1, lineVoltageV: 48.1 },
            { position: 2, loopCurrentMa: 21.5 },
          ],
        },
      },
    ]);
    expect(
      await rows('select grain, bucket from rollup_due where operator_id = $1', [setting.agent.operatorId]),
    ).toEqual([{ grain: 'hour', bucket: new Date('2026-05-12T10:00:00Z') }]);
  });

  test('several of one gateway in one batch store each sample, and the newest value of each field', async () => {
    await commit(
      setting.stream.say('reports', {
        reports: [
          reportOf(gatewayId, now - 2000, { measures: { lineVoltageV: [48, 48] }, gateway: { temperatureC: 30 } }),
        ],
      }),
      setting.stream.say('reports', {
        reports: [reportOf(gatewayId, now - 1000, { measures: { lineVoltageV: [47, 47] } })],
      }),
      setting.stream.say('unchanged', { at: now, gatewayIds: [gatewayId] }),
    );
    expect(
      await rows('select taken_at from gateway_sample where gateway_id = $1 order by 1', [gatewayId]),
    ).toHaveLength(2);
    expect(await current()).toMatchObject({ line_voltage_v: [47, 47], temperature_c: 30, observed_at: new Date(now) });
  });

  test('that is full clears measurements it does not have', async () => {
    await commit(
      setting.stream.say('reports', { reports: [reportOf(gatewayId, now, { measures: { jitterMs: [1, 2] } })] }),
    );
    now += 1000;
    await commit(
      setting.stream.say('reports', {
        reports: [
          reportOf(gatewayId, now, {
            full: true,
            state: { hook: [0, 0] },
            nulls: [{ field: 'jitterMs', reason: 'not-answered', ports: '*' }],
          }),
        ],
      }),
    );
    expect(await current()).toMatchObject({
      jitter_ms: null,
      nulls: [{ field: 'jitterMs', reason: 'not-answered', ports: '*' }],
    });
  });

  test('older than the present writes history alone', async () => {
    await commit(
      setting.stream.say('reports', { reports: [reportOf(gatewayId, now, { full: true, state: { hook: [0, 0] } })] }),
    );
    const late = now - 3_600_000;
    const outcome = await commit(
      setting.stream.say('reports', {
        reports: [reportOf(gatewayId, late, { state: { hook: [1, 1] }, measures: { lineVoltageV: [40, 40] } })],
      }),
      setting.stream.say('reports', {
        reports: [reportOf(gatewayId, late + 1, { measures: { lineVoltageV: [41, 41] } })],
      }),
      setting.stream.say('unchanged', { at: late, gatewayIds: [gatewayId] }),
    );
    expect(outcome.late).toBe(2);
    expect(await current()).toMatchObject({ hook: [0, 0], line_voltage_v: null, observed_at: new Date(now) });
    expect(await rows('select 1 from gateway_sample where gateway_id = $1', [gatewayId])).toHaveLength(2);
    expect(await rows('select bucket from rollup_due where operator_id = $1', [setting.agent.operatorId])).toEqual([
      { bucket: new Date('2026-05-12T09:00:00Z') },
    ]);
  });
});

describe('reachability', () => {
  test('is lost and returns, and a reading counts as an answer', async () => {
    await announce();
    await commit(setting.stream.say('reachability', { gatewayId, at: now, reachable: false, reason: 'no answer' }));
    expect(await current()).toMatchObject({
      reachability: 'unreachable',
      unreachable_reason: 'no answer',
      unreachable_code: 'unknown',
      reachability_at: new Date(now),
    });
    await commit(
      setting.stream.say('reachability', {
        gatewayId,
        at: now,
        reachable: false,
        code: 'unknown-user',
        reason: 'Who?',
      }),
    );
    expect(await current()).toMatchObject({ unreachable_code: 'unknown-user' });
    now += 1000;
    await commit(setting.stream.say('unchanged', { at: now, gatewayIds: [gatewayId] }));
    expect(await current()).toMatchObject({
      reachability: 'reachable',
      unreachable_reason: null,
      unreachable_code: null,
      reachability_at: new Date(now),
    });
  });
});

describe('registrations', () => {
  const REGISTERED = 0;
  const UNREGISTERED = 2;
  const UNREACHABLE = 5;
  const NOT_USED = 6;
  const read = (registration: (number | null)[]) =>
    commit(
      setting.stream.say('reports', { reports: [reportOf(gatewayId, ++now, { full: true, state: { registration } })] }),
    );
  const says = (kind: 'registration-lost' | 'registration-restored', alarmKey: string | null = 'proxy') =>
    commit(
      setting.stream.say('events', {
        events: [
          {
            id: randomUUID(),
            gatewayId,
            at: ++now,
            kind,
            severity: kind === 'registration-lost' ? 'major' : 'cleared',
            position: null,
            text: 'SIP proxy \0.',
            alarmKey,
            source: 'trap',
            detail: {},
          },
        ],
      }),
    );
  const shown = async () => (await current())['registration'];

  test('a line that was never registered is not in use; one that was is reported as lost', async () => {
    await announce();
    await read([UNREGISTERED, REGISTERED]);
    expect(await shown()).toEqual([NOT_USED, REGISTERED]);
    expect(await current()).toMatchObject({ ports_ok: 2, worst: 'ok' });
    await read([UNREGISTERED, UNREGISTERED]);
    expect(await shown()).toEqual([NOT_USED, UNREGISTERED]);
    expect(await current()).toMatchObject({ ports_ok: 1, ports_major: 1 });
    await read([REGISTERED, UNREGISTERED]);
    await read([UNREGISTERED, UNREGISTERED]);
    await read([UNREGISTERED, UNREGISTERED]);
    expect(await shown()).toEqual([UNREGISTERED, UNREGISTERED]);
    // The known state of a line survives a new inventory.
    await commit(setting.stream.say('inventory', inventoryOf(gatewayId, [2, 1], 2)));
    await commit(
      setting.stream.say('reports', {
        reports: [
          reportOf(gatewayId, ++now, {
            revision: 2,
            full: true,
            state: { registration: [UNREGISTERED, UNREGISTERED] },
          }),
        ],
      }),
    );
    expect(await shown()).toEqual([UNREGISTERED, UNREGISTERED]);
  });

  test('an alarm that the SIP server is lost holds for all lines where readings have none, until its clear', async () => {
    await announce();
    await read([null, null]);
    await says('registration-lost');
    expect(await shown()).toEqual([UNREACHABLE, UNREACHABLE]);
    expect(await current()).toMatchObject({ ports_major: 2, worst: 'major' });
    await read([null, null]);
    expect(await shown(), 'a reading without registrations changes nothing').toEqual([UNREACHABLE, UNREACHABLE]);
    await says('registration-restored', 'another');
    expect(await shown()).toEqual([UNREACHABLE, UNREACHABLE]);
    await says('registration-restored');
    expect(await shown()).toEqual([null, null]);
    expect((await current())['alarms']).toMatchObject({ standing: [], registrarAlarm: false });
  });

  test('readings with registrations outrank the alarm', async () => {
    await announce();
    await read([REGISTERED, REGISTERED]);
    await says('registration-lost');
    expect(await shown()).toEqual([REGISTERED, REGISTERED]);
    expect((await current())['alarms']).toMatchObject({
      standing: [{ condition: 'registrar-lost' }],
      registrarAlarm: false,
    });
    await read([UNREGISTERED, UNREGISTERED]);
    expect(await shown()).toEqual([UNREGISTERED, UNREGISTERED]);
  });

  test('one that names no line and has no key is left to the next reading', async () => {
    await announce();
    await read([null, null]);
    await says('registration-lost', null);
    expect(await shown()).toEqual([null, null]);
  });
});

describe('events', () => {
  const event = (id: string, at: number) => ({
    id,
    gatewayId,
    at,
    kind: 'link-down' as const,
    severity: 'major' as const,
    position: 2,
    text: 'Port 2 lost its \0 link.',
    alarmKey: 'link/2',
    source: 'trap' as const,
    detail: { 'IF-MIB::ifIndex': '2' },
  });

  test('are stored once, published once, and invalid characters are replaced', async () => {
    await announce();
    const id = randomUUID();
    const first = await commit(setting.stream.say('events', { events: [event(id, now)] }));
    const second = await commit(setting.stream.say('events', { events: [event(id, now), event(randomUUID(), now)] }));
    expect(first.published).toMatchObject([
      {
        event: {
          type: 'event',
          event: { id, gatewayName: 'north-gw', siteName: 'North House', text: 'Port 2 lost its \u{FFFD} link.' },
        },
      },
    ]);
    expect(second.published).toHaveLength(1);
    expect(await rows('select id from gateway_event where gateway_id = $1', [gatewayId])).toHaveLength(2);
  });

  test('of a clock that is a day ahead get their time of arrival, with a note', async () => {
    await announce();
    const day = 86_400_000;
    const outcome = await commit(
      setting.stream.say('events', { events: [event(randomUUID(), now + day - 5000), event(randomUUID(), now + day)] }),
    );
    expect(outcome.clockCorrections).toBe(1);
    const stored = await rows<{ at: Date; detail: object }>(
      'select at, detail from gateway_event where gateway_id = $1 order by at',
      [gatewayId],
    );
    expect(stored.map((row) => row.at)).toEqual([new Date(now - 5000), new Date(now)]);
    expect(stored[0]!.detail).toHaveProperty('agent clock', '86400 s ahead; the time is when it arrived');
  });
});

describe('messages of agents about themselves', () => {
  const health = () => ({
    at: now,
    version: '1.2.3',
    hostname: 'north-2',
    platform: 'linux x64',
    startedAt: now - 1000,
    rssBytes: 1,
    cpuPercent: 1,
    outboxMessages: 0,
    outboxBytes: 0,
    outboxOldestAt: null,
    diskFreeBytes: null,
    configRevision: 3,
    certificateExpiresAt: now,
    pollsOk: 1,
    pollsFailed: 0,
    pollLagMs: 0,
    notificationsRefused: {},
    targets: [],
  });
  const row = async () => (await rows('select * from agent where id = $1', [setting.agent.agentId]))[0]!;

  test('health is stored and has the revision of the settings in force', async () => {
    const outcome = await commit(setting.stream.say('health', health()));
    expect(await row()).toMatchObject({
      version: '1.2.3',
      hostname: 'north-2',
      platform: 'linux x64',
      config_revision_reported: 3,
      last_seen_at: new Date(now),
      health: { rssBytes: 1 },
    });
    expect(outcome.published).toEqual([
      {
        operatorId: setting.agent.operatorId,
        event: { type: 'agent', agentId: setting.agent.agentId, siteId: setting.agent.siteId },
      },
    ]);
  });

  test('a gap is counted, and recorded at each gateway, once', async () => {
    await announce();
    const gap = setting.stream.say('gap', {
      reason: 'outbox-full',
      fromAt: now - 5000,
      toAt: now,
      lost: { reports: 7, health: 2 },
    });
    await commit(gap);
    await commit(gap);
    expect((await row())['lost_messages']).toBe('9');
    expect(await rows('select severity, text, source from gateway_event where gateway_id = $1', [gatewayId])).toEqual([
      { severity: 'warning', source: 'agent', text: expect.stringContaining('drop 9 messages') as unknown },
    ]);
  });

  test('a request for a new certificate is signed and recorded', async () => {
    const { csrPem } = await makeCsr();
    const outcome = await commit(setting.stream.say('renew', { csrPem }));
    const certificatePem = expect.stringContaining('BEGIN CERTIFICATE') as unknown;
    expect(outcome.replies).toMatchObject([
      {
        agentId: setting.agent.agentId,
        message: { kind: 'certificate', certificatePem, caPem: setting.ingest.pki.caPem },
      },
    ]);
    expect(await rows('select 1 from agent_certificate where agent_id = $1', [setting.agent.agentId])).toHaveLength(1);
  });

  test('the progress of an action moves it to its end and no further', async () => {
    await announce();
    const [{ id: actionId }] = (await rows<{ id: string }>(
      `insert into action (operator_id, gateway_id, agent_id, type, state, life_safety_confirmed, requested_by_name, expires_at, idempotency_key)
       values ($1, $2, $3, 'poll-now', 'sent', false, 'Ann', now() + interval '5 minutes', gen_random_uuid()) returning id`,
      [setting.agent.operatorId, gatewayId, setting.agent.agentId],
    )) as [{ id: string }];
    const progress = (state: 'running' | 'succeeded' | 'failed') =>
      setting.stream.say('action', { actionId, at: now, state, reason: null, result: { 'Round trip (ms)': 4 } });
    const outcome = await commit(progress('running'), progress('succeeded'), progress('failed'));
    expect(await rows('select state, result from action where id = $1', [actionId])).toEqual([
      { state: 'succeeded', result: { 'Round trip (ms)': 4 } },
    ]);
    expect(outcome.published.map(({ event }) => event.type === 'action' && event.action.state)).toEqual([
      'running',
      'succeeded',
    ]);
    expect(outcome.rejections).toEqual([]);
  });
});
