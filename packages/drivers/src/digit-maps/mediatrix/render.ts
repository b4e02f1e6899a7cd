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

/** Alternatives side by side in as few rows as their length allows: a unit has ten rows of each table. */
function rowsOf(texts: readonly string[]): string[] {
  const rows: string[] = [];
  for (const text of texts) {
    const last = rows.at(-1);
    const both = `${last}|${text}`;
    if (last !== undefined && both.length + 2 <= MEDIATRIX_CHARACTERS_MAX) rows[rows.length - 1] = both;
    else rows.push(text);
  }
  return rows.map((row) => (row.includes('|') ? `(${row})` : row));
}

/** Refused rows, then allowed ones, then those that # ends. The emergency mark of a row is not set: what it does is not verified. */
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
  type Row = { readonly dtmfMap: string; readonly index: number };
  const refused: Row[] = [];
  const plain: Row[] = [];
  const ended: Row[] = [];
  for (const { rule, index, text } of formsOf(context, SIGNS, false)) {
    if (text.length >= MEDIATRIX_CHARACTERS_MAX) {
      context.lose('too-long', index, `A row has at most ${MEDIATRIX_CHARACTERS_MAX} characters.`);
      continue;
    }
    const timed = rule.timer !== 'none' && context.extendable.has(index);
    const dtmfMap = timed ? `${text}T` : text;
    if (rule.action === 'bar') refused.push({ dtmfMap, index });
    else {
      plain.push({ dtmfMap, index });
      if (timed && plan.sendKey === '#') ended.push({ dtmfMap: `${text}#`, index });
    }
  }
  const packed = (rows: readonly Row[]) => rowsOf(rows.map(({ dtmfMap }) => dtmfMap));
  const allowed: MediatrixAllowedRow[] = [
    ...packed(plain).map((dtmfMap) => ({ dtmfMap, transformation: 'x' }) as const),
    ...packed(ended).map((dtmfMap) => ({ dtmfMap, transformation: 'x{#}' }) as const),
  ];
  return {
    map: {
      language: 'mediatrix',
      allowed,
      refused: packed(refused).map((dtmfMap) => ({ dtmfMap })),
      interDtmfTimeoutMs: ms,
    },
    ruleOf: [...refused, ...plain, ...ended].map(({ index }) => index),
    hash: 'as-plan',
  };
}
