import type { Incident } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { knownPath } from './known-path.ts';

type Path = Incident['path'];
const TYPES = ['operator', 'site', 'agent', 'gateway', 'port'] as const;
/** States from the operator down; the cause in capitals. */
const path = (...states: string[]) =>
  states.map((state, index) => ({
    type: TYPES[index]!,
    id: `${index}`,
    name: '',
    cause: state === state.toUpperCase(),
    state: state.toLowerCase(),
  })) as Path;
const statesOf = (incident: Pick<Incident, 'path' | 'state'>) => knownPath(incident).map((node) => node.state);

test.for([
  ['all above a broken port is fine', ['fine', 'fine', 'fine', 'fine', 'WRONG'], 'fine fine fine fine wrong'],
  ['below a site that is cut off', ['fine', 'WRONG', 'fine'], 'fine wrong unknown'],
  [
    'below an agent that became silent too',
    ['fine', 'fine', 'wrong', 'fine', 'UNKNOWN'],
    'fine fine wrong unknown unknown',
  ],
  ['the operator is not looked through', ['WRONG', 'fine'], 'wrong fine'],
] as const)('%s', ([, states, shown]) => {
  expect(statesOf({ path: path(...states), state: 'open' }).join(' ')).toBe(shown);
});

test('when it is over, nothing is hidden any more', () => {
  expect(statesOf({ path: path('fine', 'wrong', 'fine', 'FINE'), state: 'resolved' })).toEqual([
    'fine',
    'wrong',
    'fine',
    'fine',
  ]);
});
