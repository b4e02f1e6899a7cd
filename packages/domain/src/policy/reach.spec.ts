import { describe, expect, test } from 'vitest';
import { digestRecipientsOf, recipientsOf, type TellWorld } from './delivery-targets.ts';
import type { Target } from './policy.ts';
import { reachesFrom, reachOf } from './reach.ts';
import type { RotationLayer } from './schedule.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const WEEK = NOW + 7 * 86_400_000;
const layer = (more: Partial<RotationLayer> = {}): RotationLayer => ({
  userIds: ['ann'],
  startsOn: '2026-01-01',
  handOverAt: '09:00',
  turn: 'week',
  only: null,
  ...more,
});
const office = { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' };
const schedule = (id: string, ...layers: RotationLayer[]) => ({ id, name: id, timeZone: 'UTC', layers, overrides: [] });
const world: TellWorld = {
  channels: [
    { id: 'off', name: 'Old chat', kind: 'slack', enabled: false, filtered: false },
    { id: 'chat', name: 'Chat', kind: 'slack', enabled: true, filtered: false },
    { id: 'mail', name: 'Mail', kind: 'email', enabled: true, filtered: false },
    { id: 'hook', name: 'Hook', kind: 'webhook', enabled: true, filtered: false },
  ],
  schedules: [
    schedule('always', layer()),
    schedule('office', layer({ only: office })),
    schedule('rest', layer({ only: { weekdays: [1, 2, 3, 4, 5, 6, 7], from: '18:00', to: '08:00' } })),
    schedule('weekend', layer({ only: { weekdays: [6, 7], from: '08:00', to: '18:00' } })),
    schedule('later', layer({ startsOn: '2027-01-01' })),
    schedule('lost', layer({ userIds: ['gone'] })),
  ],
  users: [
    { id: 'ann', name: 'Ann', email: 'ann@example.com' },
    { id: 'bob', name: 'Bob', email: 'bob@example.com' },
  ],
};
const without = (...kinds: string[]): TellWorld => ({
  ...world,
  channels: world.channels.filter(({ kind }) => !kinds.includes(kind)),
});
const on = (scheduleId: string): Target => ({ type: 'schedule', scheduleId });
const through = (channelId: string): Target => ({ type: 'channel', channelId });
const person = (userId: string): Target => ({ type: 'person', userId });
const reach = (targets: Target[], what = world) =>
  reachOf({ steps: [{ waitMinutes: 0, targets }], digest: null }, what, NOW, WEEK);

describe('whom a policy reaches in a week', () => {
  test.for<[string, Target[], TellWorld, string, string[]]>([
    ['a channel', [through('chat')], world, 'always', []],
    ['a channel that is off', [through('off')], world, 'nobody', ['nobody', 'channel-disabled']],
    ['a channel that is gone', [through('none')], world, 'nobody', ['nobody', 'channel-disabled']],
    ['one of two', [through('off'), through('chat')], world, 'always', ['channel-disabled']],
    ['every channel', [{ type: 'all-channels' }], world, 'always', []],
    [
      'every channel of none',
      [{ type: 'all-channels' }],
      without('slack', 'email', 'webhook'),
      'nobody',
      ['nobody', 'channel-disabled'],
    ],
    ['webhooks alone hear of everything', [{ type: 'all-channels' }], without('slack', 'email'), 'always', []],
    ['a person', [person('ann')], world, 'always', []],
    ['a person that is gone', [person('gone')], world, 'nobody', ['nobody', 'person-gone']],
    ['a person without e-mail', [person('ann')], without('email'), 'nobody', ['nobody', 'no-mail-channel']],
    ['a schedule', [on('always')], world, 'always', []],
    ['a schedule without e-mail', [on('always')], without('email'), 'nobody', ['nobody', 'no-mail-channel']],
    ['a schedule that is gone', [on('none')], world, 'nobody', ['nobody', 'schedule-empty']],
    ['a schedule that has not begun', [on('later')], world, 'nobody', ['nobody', 'schedule-empty']],
    ['a schedule of people who left', [on('lost')], world, 'nobody', ['nobody', 'schedule-empty']],
    ['office hours', [on('office')], world, 'sometimes', ['nobody', 'schedule-gap']],
    ['office hours and a channel', [on('office'), through('chat')], world, 'always', ['schedule-gap']],
    [
      'two that have a gap in common',
      [on('office'), on('rest')],
      world,
      'sometimes',
      ['nobody', 'schedule-gap', 'schedule-gap'],
    ],
    [
      'three that complement each other',
      [on('office'), on('rest'), on('weekend')],
      world,
      'always',
      ['schedule-gap', 'schedule-gap', 'schedule-gap'],
    ],
  ])('%s', ([, targets, what, level, codes]) => {
    const found = reach(targets, what);
    expect(found.level).toBe(level);
    expect(found.problems.map(({ code }) => code)).toEqual(codes);
  });

  test('a gap has its start', () => {
    expect(reach([on('office')]).problems[0]!.at).toBe(Date.parse('2026-11-23T18:00:00Z'));
  });
  test('webhooks with filters alone do not count', () => {
    const hooks = { ...world, channels: [{ ...world.channels[3]!, filtered: true }] };
    expect(reach([{ type: 'all-channels' }], hooks).level).toBe('nobody');
  });
  describe('through a digest', () => {
    const steps = [{ waitMinutes: 0, targets: [through('chat')] }];
    const pager = { id: 'pager', name: 'Pager', kind: 'pagerduty', enabled: true, filtered: false };
    const withPager = { ...world, channels: [...world.channels, pager] };
    const pagerAlone = { ...world, channels: [pager] };
    test.for<[string, Target[], TellWorld, string, string, string[]]>([
      ['a channel', [through('chat')], world, '08:00', 'always', []],
      [
        'a channel that is off',
        [through('off')],
        world,
        '08:00',
        'nobody',
        ['Its digest reaches nobody.', 'The channel Old chat is switched off.'],
      ],
      [
        'a channel that is gone',
        [through('none')],
        world,
        '08:00',
        'nobody',
        ['Its digest reaches nobody.', 'A channel it names is gone.'],
      ],
      [
        'what takes incidents alone',
        [through('pager')],
        withPager,
        '08:00',
        'nobody',
        ['Its digest reaches nobody.', 'The channel Pager takes no digests.'],
      ],
      [
        'every channel, none of which takes digests',
        [{ type: 'all-channels' }],
        pagerAlone,
        '08:00',
        'nobody',
        ['Its digest reaches nobody.', 'There is no channel that is switched on.'],
      ],
      [
        'who is on call when it is sent',
        [on('office')],
        world,
        '08:00',
        'sometimes',
        ['Its digest reaches nobody at times.', 'Nobody is on call in office.'],
      ],
      [
        'who is never on call then',
        [on('office')],
        world,
        '20:00',
        'nobody',
        ['Its digest reaches nobody.', 'Nobody is on call in office.'],
      ],
    ])('%s', ([, targets, what, at, level, texts]) => {
      const digest = { timeZone: 'UTC', at, weekdays: [1, 2, 3, 4, 5, 6, 7], targets, severities: ['minor' as const] };
      const found = reachOf(
        { steps: what === pagerAlone ? [{ waitMinutes: 0, targets: [through('pager')] }] : steps, digest },
        what,
        NOW,
        WEEK,
      );
      expect(found.level).toBe(level);
      expect(found.problems.map(({ text }) => text)).toEqual(texts);
    });
    test('only on the days it is sent', () => {
      const digest = {
        timeZone: 'UTC',
        at: '08:00',
        weekdays: [1, 2, 3, 4, 5],
        targets: [on('office')],
        severities: ['minor' as const],
      };
      expect(reachOf({ steps, digest }, world, NOW, WEEK)).toEqual({ level: 'always', problems: [] });
    });
    test('a digest that collects nothing makes no difference', () => {
      const digest = { timeZone: 'UTC', at: '08:00', weekdays: [1], targets: [through('off')], severities: [] };
      expect(reachOf({ steps, digest }, world, NOW, WEEK).level).toBe('always');
    });
    test('is sent only to channels that can show it', () => {
      expect(digestRecipientsOf([{ type: 'all-channels' }, through('pager')], withPager, NOW)).toEqual([
        { channelId: 'chat', recipient: null },
        { channelId: 'mail', recipient: null },
      ]);
    });
  });
});

describe('whether an incident would reach a person now', () => {
  const nightly = {
    timeZone: 'UTC',
    from: '20:00',
    to: '09:00',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    severities: ['major' as const],
  };
  const atNight = Date.parse('2026-11-23T22:00:00Z');
  const digest = { timeZone: 'UTC', at: '08:00', weekdays: [1], severities: ['minor' as const] };
  const steps = (...targets: Target[]) => [{ waitMinutes: 0, targets }];
  test.for([
    ['by day, on call by day', { steps: steps(on('office')), digest: null, quietHours: null }, 'major', NOW, true],
    [
      'at night, on call by day',
      { steps: steps(on('office')), digest: null, quietHours: null },
      'major',
      atNight,
      false,
    ],
    [
      'at night, held until the day',
      { steps: steps(on('office')), digest: null, quietHours: nightly },
      'major',
      atNight,
      true,
    ],
    [
      'at night, critical is not held',
      { steps: steps(on('office')), digest: null, quietHours: nightly },
      'critical',
      atNight,
      false,
    ],
    [
      'in a digest that reaches',
      { steps: steps(through('off')), digest: { ...digest, targets: [through('chat')] }, quietHours: null },
      'minor',
      NOW,
      true,
    ],
    [
      'in a digest that does not',
      { steps: steps(through('chat')), digest: { ...digest, targets: [through('off')] }, quietHours: null },
      'minor',
      NOW,
      false,
    ],
    [
      'not in the digest',
      { steps: steps(through('chat')), digest: { ...digest, targets: [through('off')] }, quietHours: null },
      'major',
      NOW,
      true,
    ],
  ] as const)('%s', ([, policy, severity, now, expected]) => {
    expect(reachesFrom(policy, severity, world, now)).toBe(expected);
  });
});

describe('whom targets are now', () => {
  test.for<[string, Target[], TellWorld, string[]]>([
    ['a channel', [through('chat')], world, ['chat']],
    ['a channel that is off', [through('off')], world, []],
    ['every channel but webhooks', [{ type: 'all-channels' }], world, ['chat', 'mail']],
    ['a webhook that is named', [through('hook')], world, ['hook']],
    ['a person by e-mail', [person('bob')], world, ['mail/bob@example.com']],
    ['who is on call', [on('office')], world, ['mail/ann@example.com']],
    ['nobody in a gap', [on('weekend')], world, []],
    [
      'each once',
      [person('ann'), on('always'), through('mail'), { type: 'all-channels' }],
      world,
      ['mail/ann@example.com', 'mail', 'chat'],
    ],
    ['nobody without e-mail', [person('ann')], without('email'), []],
  ])('%s', ([, targets, what, expected]) => {
    expect(
      recipientsOf(targets, what, NOW).map(({ channelId, recipient }) =>
        recipient === null ? channelId : `${channelId}/${recipient}`,
      ),
    ).toEqual(expected);
  });
});
