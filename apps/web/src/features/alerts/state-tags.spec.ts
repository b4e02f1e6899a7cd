import { expect, test } from 'vitest';
import { stateTags } from './state-tags.ts';

const calm = { state: 'open', flapping: false, stale: false, silenced: false, reachesNobody: false } as const;

test.for([
  ['nothing more to know', {}, []],
  ['what reaches nobody comes first', { flapping: true, reachesNobody: true }, ['reaches-nobody', 'flapping']],
  ['stale is said, not hidden', { stale: true }, ['stale']],
  ['silenced', { silenced: true }, ['silenced']],
  ['what is over needs none of it', { state: 'resolved', stale: true, reachesNobody: true }, []],
] as const)('%s', ([, change, ids]) => {
  expect(stateTags({ ...calm, ...change }).map((tag) => tag.id)).toEqual(ids);
});
