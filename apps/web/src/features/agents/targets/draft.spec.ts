import { AgentTargetsInput } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { addressFault, checkTargets, draftOf, inputOf, newDraft, type StoredTarget } from './draft.ts';

const stored: StoredTarget = {
  id: 't1',
  address: '192.0.2.10',
  port: 161,
  version: 'v3',
  user: 'reader',
  level: 'authPriv',
  hasSecrets: true,
  canWrite: false,
  pollIntervalMs: 10_000,
};

describe('editing targets', () => {
  test('a stored target that is not touched keeps its access: none is sent', () => {
    const input = AgentTargetsInput.parse(inputOf([draftOf(stored)], '162'));
    expect(input).toEqual({
      trapPort: 162,
      targets: [{ id: 't1', address: '192.0.2.10', port: 161, pollIntervalMs: 10_000 }],
    });
  });

  test.for([
    ['its address changes', { address: '192.0.2.11' }, true],
    ['its port changes', { port: '1161' }, true],
    ['its interval changes', { pollIntervalS: '20' }, false],
    ['its address is written otherwise', { address: ' 192.0.2.10' }, false],
  ] as const)('a stored target asks for its access again where %s: %j', ([, part, asks]) => {
    const input = AgentTargetsInput.parse(inputOf([{ ...draftOf(stored), ...part }], '162'));
    const errors = checkTargets(input, new Map([['t1', stored]]));
    expect(Object.keys(errors)).toEqual(asks ? ['targets.0.access'] : []);
  });

  test('a new SNMPv3 target needs its passphrases', () => {
    const draft = { ...newDraft('t2'), address: '192.0.2.11', user: 'reader' };
    const refused = AgentTargetsInput.safeParse(inputOf([draft], '162'));
    expect(refused.error?.issues.map((issue) => issue.path.join('.'))).toEqual([
      'targets.0.access.authPassphrase',
      'targets.0.access.privPassphrase',
    ]);
    const whole = { ...draft, authPassphrase: 'long enough', privPassphrase: 'long enough too' };
    expect(AgentTargetsInput.parse(inputOf([whole], '162')).targets[0]!.access).toMatchObject({
      version: 'v3',
      authProtocol: 'sha256',
      privProtocol: 'aes128',
    });
  });

  test('secrets of a level that is not chosen are not sent', () => {
    const draft = { ...newDraft('t2'), user: 'reader', level: 'noAuthNoPriv' as const, authPassphrase: 'typed before' };
    expect(inputOf([draft], '162').targets[0]!.access).toEqual({
      version: 'v3',
      user: 'reader',
      level: 'noAuthNoPriv',
    });
  });

  test('an empty write community means reading only', () => {
    const draft = { ...newDraft('t3'), access: 'v2c' as const, community: 'seen' };
    expect(inputOf([draft], '162').targets[0]!.access).toEqual({ version: 'v2c', community: 'seen' });
  });

  test.for(['', 'many', '99999'])('a port such as %j is refused at its field', (port) => {
    const draft = { ...draftOf(stored), port };
    const refused = AgentTargetsInput.safeParse(inputOf([draft], '162'));
    expect(refused.error?.issues[0]?.path).toEqual(['targets', 0, 'port']);
  });

  test('an address given twice is said at the second', () => {
    const targets = [draftOf(stored), { ...draftOf(stored), id: 't9' }];
    expect(checkTargets(AgentTargetsInput.parse(inputOf(targets, '162')))).toEqual({
      'targets.1.address': 'This address is already in the list.',
    });
  });
});

describe('addresses', () => {
  test.for(['192.0.2.10', '192.0.2.0/24', '192.0.0.0/22', 'gateway.example', '2001:db8::10'])('%s is fine', (address) =>
    expect(addressFault(address)).toBeNull(),
  );
  test.for(['192.0.2', '192.0.2.300', '10.0.0.0/8', '192.0.2.0/33', '192.0.2.0/x', 'a/24', '192.0.2.1, 192.0.2.2'])(
    '%s is refused',
    (address) => expect(addressFault(address)).not.toBeNull(),
  );
});
