import { describe, expect, test } from 'vitest';
import {
  answerWords,
  deliveryStanding,
  isSettled,
  messageWord,
  standingOf,
  nextTry,
  addressHint,
} from './channel-words.ts';

describe('how a channel stands', () => {
  test.for([
    ['active', null, 'Working', 'ok'],
    ['active', '2026-11-23T08:00:00Z', 'Failing', 'minor'],
    ['throttled', null, 'Rate-limited', 'minor'],
    ['circuit-open', '2026-11-23T08:00:00Z', 'Paused after failures', 'major'],
    ['disabled', null, 'Off', 'unknown'],
  ] as const)('%s, failing since %s: %s', ([state, failingSince, word, severity]) => {
    expect(standingOf({ state, failingSince })).toMatchObject({ word, severity });
  });
});

describe('how a delivery stands', () => {
  test.for([
    ['pending', 0, null, 'Waiting', false],
    ['pending', 2, 'HTTP 503', 'Failed, will be retried', true],
    ['sending', 1, null, 'Sending', false],
    ['delivered', 3, null, 'Delivered', true],
    ['failed', 1, 'HTTP 500', 'Failed, will be retried', true],
    ['abandoned', 20, 'HTTP 500', 'Abandoned', true],
  ] as const)('%s after %i attempts (%s): %s, settled %s', ([state, attempts, lastError, word, settled]) => {
    expect(deliveryStanding({ state, attempts, lastError }).word).toBe(word);
    expect(isSettled({ state, attempts, lastError })).toBe(settled);
  });

  test.for([
    [204, null, 'HTTP 204'],
    [503, 'HTTP 503', 'HTTP 503'],
    [429, 'asked to wait 30 s', 'HTTP 429: asked to wait 30 s'],
    [null, 'The name does not resolve.', 'The name does not resolve.'],
    [null, null, 'Accepted'],
  ] as const)('status %s with error %s is "%s"', ([status, error, words]) => {
    expect(answerWords({ status, error })).toBe(words);
  });

  test('a type from a newer catalogue is shown as it is', () => {
    expect(messageWord('incident.raised')).toBe('Raised');
    expect(messageWord('incident.merged')).toBe('incident.merged');
  });
});

test.for([
  ['waits for its own time', 'pending', 2, null, '18:15'],
  ['waits with a paused channel', 'pending', 2, '17:45', '17:45'],
  ['not tried yet', 'pending', 0, '17:45', null],
  ['delivered', 'delivered', 1, null, null],
  ['given up', 'abandoned', 9, '17:45', null],
] as const)('the next try of a delivery that %s', ([, state, attempts, retryAt, next]) => {
  expect(nextTry({ state, attempts, nextAttemptAt: '18:15' }, retryAt)).toBe(next);
});

test('the hint names what is allowed here', () => {
  expect(addressHint([])).toBe('https, on the public internet.');
  expect(addressHint(['127.0.0.1', 'desk.corp'])).toBe(
    'https, on the public internet; here also 127.0.0.1, desk.corp, with http as well.',
  );
});
