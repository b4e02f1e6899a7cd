import { describe, expect, test } from 'vitest';
import { narrowTo, takeOver } from './index.ts';

const DRIVER = 'grandstream-ht';
const UNIT = { model: 'HT802', firmware: '1.0.39.6' };
const LINES = [
  '<P47>sip.example.net</P47>',
  '<P35>2001</P35>',
  '<P34>Secret-2001</P34>',
  '<P735>2002</P735>',
  '<P4200>{ x+ }</P4200>',
  '<P9999>x</P9999>',
];
const FILE = new TextEncoder().encode(
  `<?xml version="1.0" encoding="UTF-8"?>\n<gs_provision version="1">\n<config version="1">\n${LINES.join('\n')}\n</config>\n</gs_provision>\n`,
);

function narrowed(...keys: string[]) {
  const taken = takeOver(DRIVER, UNIT, FILE);
  if ('refused' in taken) throw new Error(JSON.stringify(taken.refused));
  const { gateway, ports, kept, unread } = narrowTo(DRIVER, taken, new Set(keys));
  const set = ports.filter(({ settings }) => Object.keys(settings).length > 0);
  return { gateway, ports: set, kept: kept.map(({ key }) => key), unread };
}

describe('a configuration that is narrowed to some keys', () => {
  test('has the settings of these keys alone', () => {
    expect(narrowed('P35')).toEqual({
      gateway: {},
      ports: [{ position: 1, settings: { 'port.extension': '2001' } }],
      kept: [],
      unread: [],
    });
    expect(narrowed()).toEqual({ gateway: {}, ports: [], kept: [], unread: [] });
  });

  test('has no secret, and says so without it', () => {
    const { ports, unread } = narrowed('P34');
    expect(ports).toEqual([]);
    expect(unread).toEqual([
      {
        field: 'port.password',
        position: 1,
        reason: 'a secret is not taken from what was read: enter it in the draft',
      },
    ]);
  });

  test('names a key that no setting owns, whether it is there or not', () => {
    expect(narrowed('P9999')).toEqual({ gateway: {}, ports: [], kept: ['P9999'], unread: [] });
    expect(narrowed('P9998').unread).toEqual([
      { field: null, position: null, reason: 'no setting is read from P9998' },
    ]);
  });

  test('names a dial plan and a value that is gone from the gateway', () => {
    expect(narrowed('P4200')).toMatchObject({ ports: [], unread: [{ field: 'port.dialPlan', position: 1 }] });
    expect(narrowed('P3')).toMatchObject({ ports: [], unread: [{ reason: expect.stringContaining('P3') }] });
  });
});
