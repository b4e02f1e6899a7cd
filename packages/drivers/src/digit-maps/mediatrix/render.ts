import type { Rendered, RenderContext } from '../compile/context.ts';
import { formsOf } from '../compile/forms.ts';
import type { Signs } from '../compile/signs.ts';
import {
  type MediatrixAllowedRow,
  MEDIATRIX_CHARACTERS_MAX,
  MEDIATRIX_TIMEOUT_MAX_MS,
  MEDIATRIX_TIMEOUT_MIN_MS,
} from './map.ts';

const SIGNS: Signs = { digit: 'x', lists: true, many: (sign) => `${sign}.` };

/** A row for each rule, refused rows first. The emergency mark of a row is not set: what it does is not verified. */
export function renderMediatrix(context: RenderContext): Rendered {
  const { plan, rules } = context;
  rules.forEach(({ action, strip, prepend }, index) => {
    if (action === 'send' && (strip > 0 || prepend !== ''))
      context.refuse(
        'not-verified',
        index,
        'Adding or removing digits is not verified for this model: the form of a DTMF map transformation is not known. ' +
          'Let the call server do it.',
      );
  });
  const ms = Math.min(Math.max(plan.interDigitTimeoutMs, MEDIATRIX_TIMEOUT_MIN_MS), MEDIATRIX_TIMEOUT_MAX_MS);
  if (ms !== plan.interDigitTimeoutMs)
    context.lose(
      'timer-rounded',
      null,
      `The inter-digit timer becomes ${ms / 1000} s; the plan has ${plan.interDigitTimeoutMs / 1000} s.`,
    );
  const allowed: (MediatrixAllowedRow & { index: number })[] = [];
  const refused: { dtmfMap: string; index: number }[] = [];
  for (const { rule, index, text } of formsOf(context, SIGNS, false)) {
    if (text.length >= MEDIATRIX_CHARACTERS_MAX) {
      context.lose('too-long', index, `A row has at most ${MEDIATRIX_CHARACTERS_MAX} characters.`);
      continue;
    }
    const timed = rule.timer !== 'none' && context.extendable.has(index);
    const dtmfMap = timed ? `${text}T` : text;
    if (rule.action === 'bar') refused.push({ dtmfMap, index });
    else {
      allowed.push({ dtmfMap, transformation: 'x', index });
      if (timed && plan.sendKey === '#') allowed.push({ dtmfMap: `${text}#`, transformation: 'x{#}', index });
    }
  }
  return {
    map: {
      language: 'mediatrix',
      allowed: allowed.map(({ dtmfMap, transformation }) => ({ dtmfMap, transformation })),
      refused: refused.map(({ dtmfMap }) => ({ dtmfMap })),
      interDtmfTimeoutMs: ms,
    },
    ruleOf: [...refused, ...allowed].map(({ index }) => index),
    hash: 'as-plan',
  };
}
