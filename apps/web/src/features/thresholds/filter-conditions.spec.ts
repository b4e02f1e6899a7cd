import type { ConditionView } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { conditionGroups } from './filter-conditions.ts';

const condition = (title: string, subject: string, settings: { off: boolean }[] = []) =>
  ({ title, subject, means: `About ${title}.`, settings }) as unknown as ConditionView;
const all = [
  condition('Port locked', 'port', [{ off: true }]),
  condition('Site cut off', 'site'),
  condition('Fax failures', 'port', [{ off: false }]),
];

test.for([
  [{}, ['Site cut off', 'Port locked', 'Fax failures']],
  [{ subject: 'port' }, ['Port locked', 'Fax failures']],
  [{ q: 'FAX' }, ['Fax failures']],
  [{ show: 'changed' }, ['Port locked', 'Fax failures']],
  [{ show: 'off' }, ['Port locked']],
  [{ q: 'nothing' }, []],
] as const)('%j leaves %j', ([wanted, titles]) => {
  expect(conditionGroups(all, wanted as never).flatMap(({ items }) => items.map(({ title }) => title))).toEqual(titles);
});
