import type { AffectedLine } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { behindWords, lifeSafetyNames } from './behind.ts';

const line = (position: number, label: string | null, lineDeviceClass: AffectedLine['lineDeviceClass']) =>
  ({ gatewayId: 'g', position, label, lineDeviceClass }) as AffectedLine;
const lift = line(4, 'Lift', 'lift-phone');
const warden = line(3, 'Warden call', 'alarm-panel');

test.for<[number, AffectedLine[], number, string, string]>([
  [0, [], 0, '', ''],
  [20, [line(1, 'Till', 'phone')], 0, '20 lines', ''],
  [
    14,
    [warden, lift, line(1, 'Room', 'phone')],
    2,
    '14 lines, 2 of them life-safety',
    'Warden call (alarm panel), Lift (lift phone)',
  ],
  [1, [lift], 1, '1 line, life-safety', 'Lift (lift phone)'],
  [
    9,
    [line(1, null, 'lift-phone'), lift, lift, lift],
    9,
    '9 lines, life-safety',
    'Port 1 (lift phone), Lift (lift phone), Lift (lift phone) and 6 more',
  ],
])('%i lines behind %j', ([lines, first, lifeSafetyLines, words, names]) => {
  expect(behindWords({ lines, lifeSafetyLines, first })).toBe(words);
  expect(lifeSafetyNames({ lines, lifeSafetyLines, first })).toBe(names);
});
