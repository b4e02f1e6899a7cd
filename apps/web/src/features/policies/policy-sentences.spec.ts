import type { PolicyTarget } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { digestSentence, quietSentence, repeatSentence, stepSentence } from './policy-sentences.ts';

const names = new Map([
  ['ch', 'Operations mail'],
  ['s', 'NOC'],
  ['p', 'Mia Lindqvist'],
]);
const channel: PolicyTarget = { type: 'channel', channelId: 'ch' };
const schedule: PolicyTarget = { type: 'schedule', scheduleId: 's' };
const person: PolicyTarget = { type: 'person', userId: 'p' };

describe('a policy in sentences', () => {
  test.for([
    [0, 0, [channel], 'At once, notify Operations mail.'],
    [5, 0, [channel], 'After 5 minutes, notify Operations mail.'],
    [15, 1, [schedule], 'After 15 minutes more, unless acknowledged, notify the person on call in NOC.'],
    [0, 1, [person], 'At the same time, unless acknowledged, notify Mia Lindqvist by e-mail.'],
    [
      60,
      2,
      [channel, schedule, person],
      'After 1 hour more, unless acknowledged, notify Operations mail, the person on call in NOC and Mia Lindqvist by e-mail.',
    ],
    [0, 0, [{ type: 'all-channels' }], 'At once, notify every channel.'],
    [0, 0, [{ type: 'channel', channelId: 'x' }], 'At once, notify (removed).'],
    [0, 0, [], 'At once, notify nobody.'],
  ] as const)('a wait of %i as step %i', ([waitMinutes, index, targets, sentence]) => {
    expect(stepSentence({ waitMinutes, targets: [...targets] }, index, names)).toBe(sentence);
  });

  test.for([
    [0, 30, 'Then escalation stops: the steps are not repeated.'],
    [1, 30, 'Then the steps are repeated once, 30 minutes after the last step.'],
    [3, 60, 'Then the steps are repeated 3 times, 1 hour after the last step.'],
  ] as const)('%i repeats every %i minutes', ([times, everyMinutes, sentence]) => {
    expect(repeatSentence({ times, everyMinutes })).toBe(sentence);
  });

  test('quiet hours over midnight say that they end on the next day', () => {
    const quiet = { timeZone: 'Europe/Berlin', from: '22:00', to: '06:00', weekdays: [1, 2, 3, 4, 5, 6, 7] };
    expect(quietSentence({ quietHours: { ...quiet, severities: ['info', 'minor'] } })).toBe(
      'Between 22:00 and 06:00 of the next day (Europe/Berlin), every day, minor or notice incidents wait until quiet hours end.',
    );
    expect(quietSentence({ quietHours: { ...quiet, to: '23:00', weekdays: [6, 7], severities: ['minor'] } })).toBe(
      'Between 22:00 and 23:00 (Europe/Berlin), beginning on Saturday and Sunday, minor incidents wait until quiet hours end.',
    );
    expect(quietSentence({ quietHours: null })).toBeNull();
  });

  test('a digest says when, and to whom', () => {
    const digest = { timeZone: 'UTC', at: '08:00', weekdays: [1, 2, 3, 4, 5], severities: ['info' as const] };
    expect(digestSentence({ digest: { ...digest, targets: [channel] } }, names)).toBe(
      'Notice incidents are only notified in a digest at 08:00 (UTC), Monday to Friday, to Operations mail.',
    );
    expect(digestSentence({ digest: null }, names)).toBeNull();
  });
});
