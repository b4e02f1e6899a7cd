import type { GatewayEvent, UpMessage } from '@loopstart/contracts';
import { OPER_STATES } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { inventoryOf, reportOf } from '../../../../test/agent-messages.ts';
import type { Item } from '../item.ts';
import { messageKinds } from '../kinds/index.ts';
import { MessageKinds } from '../kinds/message-kinds.ts';
import { type BatchLimits, BatchWork } from './batch-work.ts';
import type { GatewayContext } from './gateway-access.ts';
import { blankCurrent, WorkingGateway } from './working-gateway.ts';

/** Times are ms. */
const NOW = 1_700_000_000_000;
const day = 86_400_000;
const OURS = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const UNKNOWN = '00000000-0000-4000-8000-000000000003';
const FOREIGN = '00000000-0000-4000-8000-000000000004';
const SENDER = { agentId: 'agent', operatorId: 'operator', siteId: 'site' };
const DOWN = { state: { oper: [OPER_STATES.indexOf('out-of-service'), OPER_STATES.indexOf('in-service')] } };
const LIMITS: BatchLimits = {
  sampleAgeMaxMs: 30 * day,
  historyAgeMaxMs: 60 * day,
  callAgeMaxMs: 1,
  gatewaysPerAgentMax: 2,
  portsPerAgentMax: 6,
};

/** A gateway with two ports that the sender holds; `more` changes its facts. */
function known(id: string, more: Partial<GatewayContext> = {}): GatewayContext {
  const ports = [1, 2].map((position) => ({ position, device: 'phone', registered: false }) as const);
  const row = { ...blankCurrent(id, 'operator'), revision: 1, observed_at: NOW - 60_000 };
  return {
    operatorId: 'operator',
    siteId: 'site',
    agentId: 'agent',
    holderGone: false,
    revision: 1,
    portCount: 2,
    wirePositions: null,
    working: new WorkingGateway(row, 'site', ports),
    ...more,
  };
}

function work(gateways: Record<string, GatewayContext> = { [OURS]: known(OURS) }): BatchWork {
  const held = { gateways: 1, ports: 2 };
  return new BatchWork(
    new Map(Object.entries(gateways)),
    new Set([FOREIGN]),
    new Map(),
    LIMITS,
    new Map([['agent', held]]),
    new Map(),
  );
}

/** These tests write nothing, so the kinds need none of their repositories. */
const KINDS = new MessageKinds(messageKinds({} as never));
const apply = (batch: BatchWork, message: Item) => KINDS.apply(message, SENDER, batch);
const eventsOf = (batch: BatchWork) => batch.rowsOf<object[]>('events', () => []);

let seq = 0;
/** A message as the decoder returns it. */
function item<K extends UpMessage['kind']>(
  kind: K,
  body: Extract<UpMessage, { kind: K }>['body'],
  receivedAtMs = NOW,
): Item {
  seq += 1;
  const message = { v: 1, epoch: 1, seq, after: [1, seq - 1], kind, body } as unknown as UpMessage;
  return {
    agentId: 'agent',
    payload: Buffer.alloc(0),
    receivedAtMs,
    settle: () => undefined,
    position: [1, seq],
    after: [1, seq - 1],
    kind,
    message,
    rejection: null,
  };
}

const event = (more: Partial<GatewayEvent> = {}): GatewayEvent => ({
  id: UNKNOWN,
  gatewayId: OURS,
  at: NOW,
  kind: 'cold-start',
  severity: 'info',
  position: null,
  text: 'It started.',
  alarmKey: null,
  source: 'trap',
  detail: {},
  ...more,
});

/** The result of a report about a gateway: the code of its refusal, null where it was accepted. */
function refusalOf(batch: BatchWork, body: Parameters<typeof reportOf>): string | null {
  apply(batch, item('reports', { reports: [reportOf(...body)] }));
  return batch.rejections[0]?.rejection.code ?? null;
}

describe('reports', () => {
  test.for<{
    name: string;
    gateways?: Record<string, GatewayContext>;
    body: Parameters<typeof reportOf>;
    code: string | null;
  }>([
    { name: 'of an own gateway', body: [OURS, NOW, DOWN], code: null },
    { name: 'with its id in capitals', body: [OURS.toUpperCase(), NOW, DOWN], code: null },
    { name: 'of a gateway without inventory', body: [UNKNOWN, NOW], code: 'unknown-gateway' },
    { name: 'of another operator, unseen', body: [FOREIGN, NOW], code: 'wrong-tenant' },
    {
      name: 'of another operator',
      gateways: { [OTHER]: known(OTHER, { operatorId: 'else' }) },
      body: [OTHER, NOW],
      code: 'wrong-tenant',
    },
    {
      name: 'of another site',
      gateways: { [OTHER]: known(OTHER, { siteId: 'else' }) },
      body: [OTHER, NOW],
      code: 'wrong-site',
    },
    {
      name: 'of a gateway that another agent holds',
      gateways: { [OTHER]: known(OTHER, { agentId: 'else' }) },
      body: [OTHER, NOW],
      code: 'not-holder',
    },
    {
      name: 'of a gateway whose holder is gone, before its inventory takes it over',
      gateways: { [OTHER]: known(OTHER, { agentId: 'else', holderGone: true }) },
      body: [OTHER, NOW],
      code: 'not-holder',
    },
    { name: 'of another revision', body: [OURS, NOW, { revision: 2 }], code: 'unknown-revision' },
    { name: 'of another number of ports', body: [OURS, NOW, { state: { oper: [0] } }], code: 'wrong-length' },
    { name: 'that is older than history is kept', body: [OURS, NOW - 60 * day - 1, DOWN], code: 'time-out-of-range' },
  ])('$name: $code', ({ gateways, body, code }) => {
    expect(refusalOf(work(gateways), body)).toBe(code);
  });

  test('a refusal for one gateway does not affect another', () => {
    const batch = work();
    apply(batch, item('reports', { reports: [reportOf(UNKNOWN, NOW), reportOf(OURS, NOW, DOWN)] }));
    expect(batch.working.map(({ row }) => row.gateway_id)).toEqual([OURS]);
    expect(batch.rejections).toHaveLength(1);
  });

  test('a late report is counted, and does not change the present', () => {
    const batch = work();
    apply(batch, item('reports', { reports: [reportOf(OURS, NOW - 120_000, DOWN)] }));
    expect([batch.lateCount, batch.working]).toEqual([1, []]);
  });

  test('a sample that is too old for samples is refused, its state still counts for history', () => {
    const batch = work();
    const body = reportOf(OURS, NOW - 31 * day, { measures: { jitterMs: [1, 2] } });
    apply(batch, item('reports', { reports: [body] }));
    expect(batch.samples).toEqual([]);
    expect(batch.rejections.map(({ rejection }) => rejection.code)).toEqual(['time-out-of-range']);
  });

  test('measurements name the hour that has to be rolled up, once', () => {
    const batch = work();
    const reports = [NOW, NOW + 1].map((at) => reportOf(OURS, at, { measures: { jitterMs: [1, 2] } }));
    apply(batch, item('reports', { reports }));
    expect(batch.samples).toHaveLength(2);
    expect([...batch.dueHours.values()]).toEqual([
      { operatorId: 'operator', bucket: Math.floor(NOW / 3_600_000) * 3_600_000 },
    ]);
  });

  test('a state that was not loaded is an error, not a guess', () => {
    const batch = work({ [OURS]: known(OURS, { working: null }) });
    expect(() => apply(batch, item('reports', { reports: [reportOf(OURS, NOW, DOWN)] }))).toThrow('was not loaded');
  });

  test('a clock that is ahead is corrected, so that the reading has its time of arrival', () => {
    const batch = work();
    apply(batch, item('reports', { reports: [reportOf(OURS, NOW + day, DOWN)] }));
    expect(batch.clockCorrections).toBe(1);
    expect(batch.working[0]?.row.observed_at).toBe(NOW);
  });
});

describe('inventories', () => {
  const take = (batch: BatchWork, id: string, positions: number[], revision = 2) => {
    apply(batch, item('inventory', inventoryOf(id, positions, revision)));
    return batch.rejections.at(-1)?.rejection.code ?? null;
  };

  test.for<{
    name: string;
    gateways?: Record<string, GatewayContext>;
    id: string;
    positions: number[];
    code: string | null;
  }>([
    { name: 'of a new gateway', id: UNKNOWN, positions: [1], code: null },
    { name: 'of one it holds', id: OURS, positions: [1, 2, 3], code: null },
    { name: 'with a position twice', id: OURS, positions: [1, 1], code: 'invalid' },
    { name: 'of another operator', id: FOREIGN, positions: [1], code: 'wrong-tenant' },
    {
      name: 'of another site',
      gateways: { [OTHER]: known(OTHER, { siteId: 'else' }) },
      id: OTHER,
      positions: [1],
      code: 'wrong-site',
    },
    {
      name: 'of one that another agent holds',
      gateways: { [OTHER]: known(OTHER, { agentId: 'else' }) },
      id: OTHER,
      positions: [1],
      code: 'not-holder',
    },
    {
      name: 'of one whose holder cannot come back: it is taken over',
      gateways: { [OTHER]: known(OTHER, { agentId: 'else', holderGone: true }) },
      id: OTHER,
      positions: [1],
      code: null,
    },
    {
      name: 'with more ports than one agent may hold',
      id: UNKNOWN,
      positions: [1, 2, 3, 4, 5],
      code: 'too-many-ports',
    },
  ])('$name: $code', ({ gateways, id, positions, code }) => {
    const batch = work(gateways);
    expect(take(batch, id, positions)).toBe(code);
    if (code === null) expect(batch.gateways.get(id)).toMatchObject({ agentId: 'agent', revision: 2 });
  });

  test('one gateway more than an agent may hold is refused, its own gateways are still accepted', () => {
    const batch = work();
    expect(take(batch, UNKNOWN, [1])).toBeNull();
    expect(take(batch, OTHER, [1])).toBe('too-many-gateways');
    expect(batch.gateways.has(OTHER)).toBe(false);
    batch.rejections.length = 0;
    expect(take(batch, OURS, [1, 2])).toBeNull();
  });

  test('a report of the new revision counts in the same batch', () => {
    const batch = work();
    take(batch, OURS, [1, 2, 3]);
    expect(refusalOf(batch, [OURS, NOW, { revision: 2, state: { oper: [0, 0, 1] } }])).toBeNull();
  });
});

describe('events', () => {
  test('of its own gateway are kept with their time', () => {
    const batch = work();
    apply(batch, item('events', { events: [event({ at: NOW - 1000 })] }));
    expect(eventsOf(batch)).toMatchObject([{ gateway_id: OURS, at: NOW - 1000, received_at: NOW, kind: 'cold-start' }]);
  });

  test.for([
    { name: 'of a gateway without inventory', more: { gatewayId: UNKNOWN }, code: 'unknown-gateway' },
    { name: 'older than history is kept', more: { at: NOW - 60 * day - 1 }, code: 'time-out-of-range' },
  ])('$name: $code', ({ more, code }) => {
    const batch = work();
    apply(batch, item('events', { events: [event(more)] }));
    expect([eventsOf(batch), batch.rejections[0]?.rejection.code]).toEqual([[], code]);
  });

  test('a port with another number at the agent gets our number, in the event and in its alarm', () => {
    const batch = work({ [OURS]: known(OURS, { wirePositions: { '1': 2, '2': 1 } }) });
    const raised = event({ kind: 'port-fault', alarmKey: 'fault/1', position: 1, severity: 'major' });
    apply(batch, item('events', { events: [raised] }));
    expect(eventsOf(batch)[0]).toMatchObject({ position: 2 });
    expect(batch.working[0]?.row.alarms?.standing).toMatchObject([{ position: 2 }]);
  });
});

test('a message that cannot be read is refused with its reason, and nothing else happens', () => {
  const batch = work();
  const broken = {
    ...item('gap', {} as never),
    message: null,
    rejection: { code: 'invalid', detail: 'at must be a number' } as const,
  };
  apply(batch, broken);
  expect(batch.rejections).toMatchObject([{ rejection: { code: 'invalid', detail: 'at must be a number' } }]);
  expect(batch.working).toEqual([]);
});
