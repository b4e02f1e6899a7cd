import type { ActionOffer } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { asksFirst, blockedBy, stillMissing } from './offer-state.ts';

const offer = (part: Partial<ActionOffer> = {}): ActionOffer => ({
  type: 'reset-port',
  allowed: part.refusal === undefined || part.refusal === null,
  refusal: null,
  needsLifeSafetyConfirmation: false,
  needsOverride: false,
  ...part,
});
const refusal = (code: 'ringing' | 'idle-not-told' | 'life-safety-line') => ({ code, position: 3, text: `${code}.` });
const ringing = offer({ refusal: refusal('ringing') });
const untold = offer({ refusal: refusal('idle-not-told'), needsOverride: true });
const lift = offer({ refusal: refusal('life-safety-line'), needsLifeSafetyConfirmation: true });
const both = offer({ refusal: refusal('idle-not-told'), needsLifeSafetyConfirmation: true, needsOverride: true });

describe('an offer', () => {
  test.for([
    ['what is allowed', offer(), null],
    ['a ringing line', ringing, 'ringing.'],
    ['what a reason can lift', untold, null],
    ['what a confirmation can lift', lift, null],
  ] as const)('%s: whether the button is blocked', ([, one, sentence]) => expect(blockedBy(one)).toBe(sentence));

  test('what disturbs, or has something in the way, is asked back first', () => {
    expect(asksFirst(offer({ type: 'poll-now' }))).toBe(false);
    expect(asksFirst(offer({ type: 'unlock-port' }))).toBe(false);
    expect(asksFirst(offer())).toBe(true);
    expect(asksFirst(untold)).toBe(true);
  });

  test.for([
    [offer(), false, '', null],
    [lift, false, '', /^Confirm first/],
    [lift, true, '', null],
    [untold, false, '', /^Enter a reason/],
    [untold, false, '  too short ', /^Enter a reason/],
    [untold, false, 'the porter watches it', null],
    [both, false, 'the porter watches it', /^Confirm first/],
    [both, true, '', /^Enter a reason/],
    [both, true, 'the porter watches it', null],
  ] as const)('%# what is still missing', ([one, confirmed, reason, missing]) => {
    const told = stillMissing(one, { confirmed, reason });
    if (missing === null) expect(told).toBeNull();
    else expect(told).toMatch(missing);
  });
});
