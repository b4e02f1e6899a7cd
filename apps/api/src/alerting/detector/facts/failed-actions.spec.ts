import { expect, test } from 'vitest';
import { failedActions } from './failed-actions.ts';
import type { ActionRow } from './facts.repository.ts';

const row = (type: ActionRow['type'], state: string, at: number, more: Partial<ActionRow> = {}): ActionRow => ({
  gateway_id: 'g',
  type,
  position: null,
  state,
  reason: null,
  result: {},
  updated_at: new Date(at),
  ...more,
});
const failed = (...rows: ActionRow[]) => (failedActions(rows).get('g') ?? []).map(({ what, at }) => `${what} ${at}`);

test.for<[string, ActionRow[], string[]]>([
  ['one that failed', [row('reboot', 'failed', 1)], ['The restart 1']],
  ['one that was repeated with success', [row('reboot', 'failed', 1), row('reboot', 'succeeded', 2)], []],
  ['one that failed again counts once', [row('lock-port', 'failed', 1), row('lock-port', 'failed', 2)], ['Locking 2']],
  [
    'another port says nothing about this one',
    [row('lock-port', 'failed', 1, { position: 1 }), row('lock-port', 'succeeded', 2, { position: 2 })],
    ['Locking 1'],
  ],
  ['one that went well', [row('unlock-port', 'succeeded', 1)], []],
  ['a reading shows by itself', [row('poll-now', 'failed', 1)], []],
  [
    'a line test that could not be run',
    [row('line-test', 'failed', 1, { reason: 'It does not answer.' })],
    ['The line test 1'],
  ],
])('%s', ([, rows, expected]) => {
  expect(failed(...rows)).toEqual(expected);
});
