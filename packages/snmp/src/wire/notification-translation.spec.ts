import { describe, expect, test } from 'vitest';
import { SNMP_TRAP_OID, SYS_UP_TIME, fromV1, fromV2, toV1, toV2 } from './notification-translation.ts';
import type { VarBind } from './types.ts';

const door: VarBind = { oid: '1.3.6.1.4.1.99999.1.9.0', value: { type: 'integer', value: 1 } };
const enterprise = '1.3.6.1.4.1.99999.2';

describe('v1 traps in terms of v2 (RFC 3584 section 3.1)', () => {
  test.for([
    [0, 0, '1.3.6.1.6.3.1.1.5.1'], // coldStart
    [3, 0, '1.3.6.1.6.3.1.1.5.4'], // linkUp
    [5, 9, '1.3.6.1.6.3.1.1.5.6'], // egpNeighborLoss
    [6, 7, `${enterprise}.0.7`],
    [6, 0, `${enterprise}.0.0`],
    [6, -1, `${enterprise}.0.4294967295`],
  ] as const)('generic %i specific %i is %s', ([generic, specific, trapOid]) => {
    const trap = { enterprise, agentAddress: '10.0.0.1', generic, specific, uptimeTicks: 5 };
    const translated = fromV1({ ...trap, bindings: undefined as never }, [door]);
    expect(translated.trapOid).toBe(trapOid);
    expect(translated.varbinds).toEqual([
      door,
      { oid: '1.3.6.1.6.3.18.1.3.0', value: { type: 'ip', value: '10.0.0.1' } },
      { oid: '1.3.6.1.6.3.1.1.4.3.0', value: { type: 'oid', value: enterprise } },
    ]);
  });

  test('varbinds that a proxy has appended are not appended again', () => {
    const proxied: VarBind[] = [
      door,
      { oid: '1.3.6.1.6.3.18.1.3.0', value: { type: 'ip', value: '10.9.9.9' } },
      { oid: '1.3.6.1.6.3.1.1.4.3.0', value: { type: 'oid', value: '1.3.6.1.4.1.1' } },
    ];
    const trap = { enterprise, agentAddress: '10.0.0.1', generic: 6, specific: 1, uptimeTicks: 5 };
    expect(fromV1({ ...trap, bindings: undefined as never }, proxied).varbinds).toEqual(proxied);
  });
});

describe('the head of a v2 notification', () => {
  const uptime: VarBind = { oid: SYS_UP_TIME, value: { type: 'timeticks', value: 9 } };
  const name: VarBind = { oid: SNMP_TRAP_OID, value: { type: 'oid', value: '1.3.6.1.5' } };
  const cases: [string, VarBind[], ReturnType<typeof fromV2>][] = [
    ['as it should be', [uptime, name, door], { trapOid: '1.3.6.1.5', uptimeTicks: 9, varbinds: [door] }],
    ['without an uptime', [name, door], { trapOid: '1.3.6.1.5', uptimeTicks: null, varbinds: [door] }],
    [
      'with an uptime of another type',
      [{ oid: SYS_UP_TIME, value: { type: 'integer', value: 9 } }, name],
      { trapOid: '1.3.6.1.5', uptimeTicks: null, varbinds: [] },
    ],
    ['without a trap OID', [uptime, door], undefined],
    [
      'with a trap OID of another type',
      [uptime, { oid: SNMP_TRAP_OID, value: { type: 'integer', value: 9 } }],
      undefined,
    ],
    ['empty', [], undefined],
  ];
  test.for(cases)('%s', ([, varbinds, expected]) => {
    expect(fromV2(varbinds)).toEqual(expected);
  });
});

describe('v2 notifications in terms of v1 (RFC 3584 section 3.2)', () => {
  test.for([
    ['1.3.6.1.6.3.1.1.5.3', { enterprise: '1.3.6.1.6.3.1.1.5', generic: 2, specific: 0 }],
    [`${enterprise}.0.7`, { enterprise, generic: 6, specific: 7 }],
    [`${enterprise}.7`, { enterprise, generic: 6, specific: 7 }],
  ] as const)('%s', ([trapOid, expected]) => {
    const notification = { trapOid, uptimeTicks: 5, varbinds: [] };
    const trap = toV1(notification);
    expect(trap).toEqual({ ...expected, agentAddress: '0.0.0.0', uptimeTicks: 5 });
  });

  test('given fields take precedence', () => {
    const v1 = { enterprise, generic: 6, specific: 9, agentAddress: '10.0.0.1' };
    expect(toV1({ trapOid: '1.3.6.1.6.3.1.1.5.1', uptimeTicks: 5, varbinds: [], v1 })).toEqual({
      ...v1,
      uptimeTicks: 5,
    });
  });

  test('both ways', () => {
    const notification = { trapOid: '1.3.6.1.4.1.99999.2.0.7', uptimeTicks: 5, varbinds: [door] };
    expect(fromV2(toV2(notification))).toEqual(notification);
  });
});
