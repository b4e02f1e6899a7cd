import { expect, test } from 'vitest';
import { whyHeld } from './held-words.ts';

test.for([
  [
    'explained by an incident',
    { hold: { reason: 'suppressed', until: null, by: { id: 'r', title: 'Site cut off' } }, incidentId: 'i' },
    { words: 'suppressed by its cause', by: 'Site cut off', href: '/incidents/i' },
  ],
  [
    'explained by what is not announced itself',
    { hold: { reason: 'suppressed', until: null, by: { id: 'r', title: 'Site cut off' } }, incidentId: null },
    { words: 'suppressed by its cause', by: 'Site cut off', href: null },
  ],
  [
    'in a maintenance window',
    {
      hold: { reason: 'maintenance', until: '2026-11-23T12:00:00Z', by: { id: 'w', title: 'New rack' } },
      incidentId: null,
    },
    { words: 'in maintenance', by: 'New rack', href: null },
  ],
  ['notified', { hold: null, incidentId: 'i' }, { words: 'notified', by: null, href: null }],
] as const)('%s', ([, alert, words]) => {
  expect(whyHeld(alert)).toEqual(words);
});
