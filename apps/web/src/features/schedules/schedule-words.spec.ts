import type { Schedule } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { layerSentence } from './schedule-words.ts';

const names = new Map([
  ['a', 'Ana'],
  ['b', 'Ben'],
  ['c', 'Cem'],
]);
const layer = (part: Partial<Schedule['layers'][number]>) => ({
  name: 'First',
  userIds: ['a', 'b'],
  startsOn: '2026-11-23',
  handOverAt: '09:00',
  turn: 'week' as const,
  only: null,
  ...part,
});

test.for([
  [{}, 'Ana and Ben take turns, a week each, handing over on Mondays at 09:00.'],
  [{ turn: 'day' }, 'Ana and Ben take turns, a day each, handing over every day at 09:00.'],
  [
    { turn: 'two-weeks', startsOn: '2026-11-27', userIds: ['a', 'b', 'c'] },
    'Ana, Ben and Cem take turns, two weeks each, handing over every second Friday at 09:00.',
  ],
  [{ userIds: ['c'] }, 'Cem is on call.'],
  [
    { userIds: ['c'], only: { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' } },
    'Cem is on call, but only Monday to Friday, 08:00 to 18:00.',
  ],
  [
    { userIds: ['c'], only: { weekdays: [6, 7], from: '20:00', to: '06:00' } },
    'Cem is on call, but only Saturday and Sunday, 20:00 to 06:00 of the next day.',
  ],
  [{ userIds: ['x'] }, '(removed) is on call.'],
] as const)('%j', ([part, sentence]) => {
  expect(layerSentence(layer(part as never), names)).toBe(sentence);
});
