import type { Incident } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { isUnderWay, timelineItems } from './timeline-items.ts';

const at = (seconds: number) => new Date(Date.parse('2026-11-23T12:00:00.000Z') + seconds * 1000).toISOString();
const entry = (id: string, seconds: number, kind = 'commented', data = {}) => ({ id, at: at(seconds), kind, data });
const delivery = (id: string, seconds: number, type = 'incident.raised', state = 'delivered') => ({
  id,
  type,
  state,
  createdAt: at(seconds),
});
const incident = (timeline: object[], deliveries: object[]) =>
  ({ timeline, deliveries }) as unknown as Pick<Incident, 'timeline' | 'deliveries'>;
const told = (items: ReturnType<typeof timelineItems>) =>
  items.map((item) => (item.kind === 'entry' ? item.entry.id : item.deliveries.map(({ id }) => id).join('+')));

test('newest first, and what went out together in one line', () => {
  const items = timelineItems(
    incident(
      [entry('announced', 0, 'announced'), entry('comment', 60), entry('resolved', 90, 'resolved')],
      [delivery('mail', 1), delivery('hook', 2), delivery('phone', 300), delivery('over', 91, 'incident.resolved')],
    ),
  );
  expect(told(items)).toEqual(['phone', 'over', 'resolved', 'comment', 'mail+hook', 'announced']);
});

test('that somebody was told is not said twice; that nobody could be told is always said', () => {
  const told1 = entry('told', 1, 'notified', { names: ['Mia'] });
  const nobody = entry('nobody', 2, 'notified');
  const later = entry('later', 300, 'notified', { names: ['Sam'] });
  const timeline = [entry('announced', 0, 'announced'), told1, nobody, later];
  expect(told(timelineItems(incident(timeline, [delivery('mail', 1)])))).toEqual([
    'later',
    'nobody',
    'mail',
    'announced',
  ]);
  expect(told(timelineItems(incident(timeline, [])))).toEqual(['later', 'nobody', 'told', 'announced']);
});

test('at the same instant the later entry stays above', () => {
  expect(told(timelineItems(incident([entry('a', 0), entry('b', 0)], [])))).toEqual(['b', 'a']);
});

test.for([
  ['delivered', false],
  ['abandoned', false],
  ['pending', true],
  ['sending', true],
  ['failed', true],
] as const)('a message that is %s is under way: %s', ([state, underWay]) => {
  expect(isUnderWay(incident([], [delivery('x', 0, 'incident.raised', state)]))).toBe(underWay);
});
