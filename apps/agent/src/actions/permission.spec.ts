import { DISTURBING_ACTIONS, PORT_STATE_FIELDS, toCode, type ActionType } from '@loopstart/domain';
import type { Inventory } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../polling/diff.ts';
import { permission } from './permission.ts';

const call = (word: 'idle' | 'talking' | null) => toCode(PORT_STATE_FIELDS.call, word);
const hook = (word: 'on-hook' | 'off-hook' | null) => toCode(PORT_STATE_FIELDS.hook, word);
const nothing = [null, null];

/** Port 1 is idle; port 2 is talking. */
const reading: Pick<Reading, 'state'> = {
  state: {
    admin: [0, 0],
    oper: [0, 0],
    hook: [hook('on-hook'), hook('off-hook')],
    call: [call('idle'), call('talking')],
    registration: nothing,
    fault: nothing,
  },
};
const quiet: Pick<Reading, 'state'> = {
  state: { ...reading.state, hook: [0, 0], call: [call('idle'), call('idle')] },
};
const unknown: Pick<Reading, 'state'> = { state: { ...reading.state, hook: nothing, call: nothing } };
const inventory = (powerSource: 'mains' | 'battery' | null = null) =>
  ({ ports: [{ position: 1 }, { position: 2 }], gateway: { powerSource } }) as unknown as Inventory;

const ask = (type: ActionType, position: number | null, part: { device?: string; confirmed?: boolean } = {}) => ({
  type,
  position,
  lineDeviceClass: part.device ?? 'phone',
  lifeSafetyConfirmed: part.confirmed ?? false,
});

describe('whether an action may be carried out', () => {
  test.for([
    ['an idle port may be reset', ask('reset-port', 1), reading, 0, null, null],
    ['a talking one may not', ask('reset-port', 2), reading, 0, null, /receiver is off the hook/],
    ['but it may be unlocked', ask('unlock-port', 2), reading, 0, null, null],
    ['a port that is not there', ask('reset-port', 3), reading, 0, null, /no port 3/],
    ['a port action without a port', ask('lock-port', null), reading, 0, null, /no port \(none was named\)/],
    ['a port of which nothing is known', ask('line-test', 1), unknown, 0, null, /does not tell whether/],
    ['a port that was never read', ask('line-test', 1), null, null, null, /does not tell whether/],
    ['a reading that is too old', ask('reset-port', 1), reading, 120_001, null, /too old/],
    ['a gateway where somebody talks', ask('reboot', null), reading, 0, null, /^Port 2: The receiver is off/],
    ['a quiet gateway', ask('reboot', null), quiet, 0, null, null],
    ['a quiet gateway on battery', ask('reboot', null), quiet, 0, 'battery', /battery/],
    ['a lift phone', ask('reset-port', 1, { device: 'lift-phone' }), reading, 0, null, /life-safety/],
    [
      'a lift phone, confirmed',
      ask('reset-port', 1, { device: 'lift-phone', confirmed: true }),
      reading,
      0,
      null,
      null,
    ],
    ['a class of a newer cloud', ask('reset-port', 2, { device: 'teleprinter' }), reading, 0, null, /off the hook/],
    ['reading, whoever talks', ask('poll-now', null), reading, 0, null, null],
  ] as const)('%s', ([, request, state, ageMs, power, refusal]) => {
    const verdict = permission(request, inventory(power), state, ageMs);
    if (refusal === null) expect(verdict).toEqual({ ok: true });
    else expect(verdict).toEqual({ ok: false, reason: expect.stringMatching(refusal) });
  });

  test.for([...DISTURBING_ACTIONS].map((type) => [type] as const))('%s never while somebody talks', ([type]) => {
    expect(permission(ask(type, 2), inventory(), reading, 0).ok).toBe(false);
  });
});
