import { FAULT_REASONS, HOOK_STATES, OPER_STATES, REGISTRATION_STATES } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../../../test/agent-messages.ts';
import { blankCurrent, type CurrentRow, type LaidPort, WorkingGateway } from './working-gateway.ts';

/** Times are ms. */
const T = 1_700_000_000_000;
const minute = 60_000;
const ID = '00000000-0000-4000-8000-000000000001';

const IN_SERVICE = OPER_STATES.indexOf('in-service');
const OUT_OF_SERVICE = OPER_STATES.indexOf('out-of-service');
const ON_HOOK = HOOK_STATES.indexOf('on-hook');
const OFF_HOOK = HOOK_STATES.indexOf('off-hook');
const REGISTERED = REGISTRATION_STATES.indexOf('registered');
const UNREGISTERED = REGISTRATION_STATES.indexOf('unregistered');
const NOT_USED = REGISTRATION_STATES.indexOf('not-used');
const UNREACHABLE = REGISTRATION_STATES.indexOf('unreachable');

const port = (position: number, more: Partial<LaidPort> = {}): LaidPort => ({
  position,
  device: 'phone',
  registered: false,
  ...more,
});

/** A gateway with two lines in service, read at T; `more` changes its row. */
function gateway(more: Partial<CurrentRow> = {}, ports = [port(1), port(2)]): WorkingGateway {
  const row: CurrentRow = {
    ...blankCurrent(ID, 'operator'),
    revision: 1,
    reachability: 'reachable',
    reachability_at: T,
    observed_at: T,
    received_at: T,
    oper: ports.map(() => IN_SERVICE),
    hook: ports.map(() => ON_HOOK),
    state_since: ports.map(() => T - minute),
    ...more,
  };
  return new WorkingGateway(row, 'site', ports);
}

describe('report: the present after a reading', () => {
  test.for([
    { name: 'newer than what is known', at: T + 1, taken: true },
    { name: 'as old as what is known', at: T, taken: true },
    { name: 'older than what is known', at: T - 1, taken: false },
  ])('$name', ({ at, taken }) => {
    const one = gateway();
    const down = reportOf(ID, at, { state: { oper: [OUT_OF_SERVICE, IN_SERVICE] } });
    expect(one.report(down, at, T + minute)).toBe(taken);
    expect(one.row['oper']).toEqual(taken ? [OUT_OF_SERVICE, IN_SERVICE] : [IN_SERVICE, IN_SERVICE]);
    expect(one.row.observed_at).toBe(taken ? at : T);
    expect(one.touched).toBe(taken);
    expect(one.stateChanges).toHaveLength(taken ? 1 : 0);
  });

  test('a change names its port, field and codes, and changes only the time of that port', () => {
    const one = gateway();
    one.report(reportOf(ID, T + minute, { state: { hook: [ON_HOOK, OFF_HOOK] } }), T + minute, T + 2 * minute);
    expect(one.stateChanges).toMatchObject([
      { position: 2, at: T + minute, received_at: T + 2 * minute, from_code: ON_HOOK, to_code: OFF_HOOK },
    ]);
    expect(one.row.state_since).toEqual([T - minute, T + minute]);
  });

  test('a column that is not reported is unchanged; a measurement that a full report lacks is not measured', () => {
    const one = gateway({ jitter_ms: [4, 5], temperature_c: 40 });
    one.report(reportOf(ID, T + 1, { state: { hook: [OFF_HOOK, ON_HOOK] } }), T + 1, T + 1);
    expect(one.row).toMatchObject({ oper: [IN_SERVICE, IN_SERVICE], jitter_ms: [4, 5], temperature_c: 40 });
    one.report(reportOf(ID, T + 2, { full: true, measures: { jitterMs: [6, null] } }), T + 2, T + 2);
    expect(one.row).toMatchObject({ jitter_ms: [6, null], temperature_c: null });
  });

  test('a reading proves that the gateway answers', () => {
    const one = gateway({ reachability: 'unreachable', reachability_at: T, unreachable_reason: 'no answer' });
    one.report(reportOf(ID, T + minute), T + minute, T + minute);
    expect(one.row).toMatchObject({
      reachability: 'reachable',
      reachability_at: T + minute,
      unreachable_reason: null,
      unreachable_code: null,
    });
  });

  test('a line that was never registered is not in use; one that was, and is not, is unregistered', () => {
    const one = gateway({}, [port(1), port(2, { registered: true })]);
    const read = [UNREGISTERED, UNREGISTERED];
    one.report(reportOf(ID, T + 1, { state: { registration: read } }), T + 1, T + 1);
    expect(one.row['registration']).toEqual([NOT_USED, UNREGISTERED]);
  });

  test('the first registration of a line is recorded with its time', () => {
    const one = gateway({}, [port(1), port(2, { registered: true })]);
    one.report(reportOf(ID, T + 1, { state: { registration: [REGISTERED, REGISTERED] } }), T + 1, T + 1);
    one.report(reportOf(ID, T + 2, { state: { registration: [UNREGISTERED, REGISTERED] } }), T + 2, T + 2);
    expect([...one.firstRegistered]).toEqual([[1, T + 1]]);
    expect(one.row['registration']).toEqual([UNREGISTERED, REGISTERED]);
  });
});

describe('reach: whether the gateway answers', () => {
  const no = { code: 'no-answer', reason: 'It does not answer.' } as const;
  test.for([
    {
      name: 'it stops to answer',
      before: 'reachable',
      reachable: false,
      at: T + 1,
      after: 'unreachable',
      since: T + 1,
    },
    {
      name: 'it still does not answer',
      before: 'unreachable',
      reachable: false,
      at: T + 1,
      after: 'unreachable',
      since: T,
    },
    { name: 'it answers again', before: 'unreachable', reachable: true, at: T + 1, after: 'reachable', since: T + 1 },
    { name: 'at the same moment', before: 'reachable', reachable: false, at: T, after: 'unreachable', since: T },
    {
      name: 'what is older moves nothing',
      before: 'reachable',
      reachable: false,
      at: T - 1,
      after: 'reachable',
      since: T,
    },
    {
      name: 'nor does an older answer',
      before: 'unreachable',
      reachable: true,
      at: T - 1,
      after: 'unreachable',
      since: T,
    },
  ] as const)('$name', ({ before, reachable, at, after, since }) => {
    const one = gateway({ reachability: before, reachability_at: T });
    one.reach(reachable, reachable ? { reason: null } : no, at);
    expect(one.row).toMatchObject({ reachability: after, reachability_at: since });
    expect(one.touched).toBe(at >= T);
  });

  test('the reason is kept while it does not answer, as code and text', () => {
    const one = gateway();
    one.reach(false, no, T + 1);
    expect(one.row).toMatchObject({ unreachable_code: 'no-answer', unreachable_reason: 'It does not answer.' });
    one.reach(true, { reason: 'ignored' }, T + 2);
    expect(one.row).toMatchObject({ unreachable_code: null, unreachable_reason: null });
  });
});

describe('layOut: the list of ports', () => {
  test('the known state of a port moves with it', () => {
    const one = gateway({ hook: [ON_HOOK, OFF_HOOK] });
    one.layOut(2, [port(2), port(1)], false);
    expect(one.row).toMatchObject({ revision: 2, hook: [OFF_HOOK, ON_HOOK] });
  });

  test.for([
    {
      name: 'a list that is not confirmed keeps a port it lacks, after the others',
      confirmed: false,
      positions: [2, 1],
      hook: [OFF_HOOK, ON_HOOK],
    },
    { name: 'a confirmed list removes it', confirmed: true, positions: [2], hook: [OFF_HOOK] },
  ])('$name', ({ confirmed, positions, hook }) => {
    const one = gateway({ hook: [ON_HOOK, OFF_HOOK] });
    one.layOut(2, [port(2)], confirmed);
    expect(one.positions).toEqual(positions);
    expect(one.row['hook']).toEqual(hook);
  });

  test('a port that was not read is unknown, and its state is not shown as good', () => {
    const one = gateway();
    one.layOut(2, [port(2)], false);
    one.report(
      reportOf(ID, T + 1, { revision: 2, full: true, state: { oper: [IN_SERVICE], hook: [ON_HOOK] } }),
      T + 1,
      T + 1,
    );
    one.finish();
    expect(one.row).toMatchObject({ ports_total: 2, ports_ok: 1, ports_unknown: 1 });
  });
});

describe('alarms that a gateway raises and clears', () => {
  const lost = {
    kind: 'registration-lost',
    at: T + 1,
    text: 'SIP proxy',
    alarmKey: 'proxy',
    position: null,
    severity: 'major',
  } as const;

  test('a lost SIP server takes the registration of every line where no poll reads it, until it is back', () => {
    const one = gateway();
    one.applyAlarm(lost, T + 2);
    expect(one.row['registration']).toEqual([UNREACHABLE, UNREACHABLE]);
    one.applyAlarm({ ...lost, kind: 'registration-restored', at: T + minute }, T + minute);
    expect(one.row['registration']).toEqual([null, null]);
  });

  test('where a poll reads the registration, the poll decides', () => {
    const one = gateway({ registration: [REGISTERED, REGISTERED] });
    one.applyAlarm(lost, T + 2);
    expect(one.row['registration']).toEqual([REGISTERED, REGISTERED]);
  });

  test('a repeated alarm changes nothing more', () => {
    const one = gateway();
    one.applyAlarm(lost, T + 2);
    const before = structuredClone(one.row);
    one.applyAlarm(lost, T + 3);
    expect(one.row).toEqual(before);
  });
});

test('counts and the live event agree on a port that broke', () => {
  const one = gateway();
  const fault = FAULT_REASONS.indexOf('hardware-failure');
  one.report(reportOf(ID, T + 1, { state: { oper: [OUT_OF_SERVICE, IN_SERVICE], fault: [fault, 0] } }), T + 1, T + 1);
  one.finish();
  const { ports } = one.live();
  expect(ports.find(({ position }) => position === 1)).toMatchObject({
    oper: 'out-of-service',
    fault: 'hardware-failure',
    severity: one.row['worst'],
  });
  expect(one.row).toMatchObject({ ports_total: 2, ports_ok: 1 });
});

test('a gateway without news has nothing to write', () => {
  const one = gateway();
  one.unchanged(T - 1, T);
  expect([one.touched, one.isNews]).toEqual([false, false]);
  one.unchanged(T + 1, T + 1);
  expect([one.touched, one.row.observed_at]).toEqual([true, T + 1]);
});
