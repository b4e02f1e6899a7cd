import type { DialRule } from '@loopstart/domain';
import { type Rendered, type RenderContext, secondsOf } from '../compile/context.ts';
import type { Item } from '../compile/expand.ts';
import { alternativesOf, formsOf, refuseBars, refusePlus } from '../compile/forms.ts';
import { type Signs, textsOf } from '../compile/signs.ts';
import { AUDIOCODES_CHARACTERS_MAX, AUDIOCODES_RULES_MAX, type NumberMapRow } from './map.ts';

const SIGNS: Signs = { digit: 'x', lists: false, many: (sign) => `${sign}.` };
/** No telephone number with prefixes is longer; each rule has its own end. */
const MAX_DIGITS = 32;

interface Row extends NumberMapRow {
  readonly items: readonly Item[];
}

const changes = ({ strip, prepend }: DialRule): boolean => strip > 0 || prepend !== '';
const identity = ({ removeFromLeft, prefixToAdd }: NumberMapRow): boolean => removeFromLeft === 0 && prefixToAdd === '';

/** The keys that every number of a rule begins with, without any digits at the end: rows match prefixes. */
function prefixOf(items: readonly Item[], least: number): Item[] {
  const fixed = items.slice(0, items.findIndex(({ repeated }) => repeated) >>> 0);
  let length = fixed.length;
  while (length > Math.max(least, 1) && fixed[length - 1]!.keys === 0x3ff) length -= 1;
  return fixed.slice(0, length);
}

const overlap = (one: readonly Item[], other: readonly Item[]): boolean =>
  one.every(({ keys }, index) => other[index] === undefined || (keys & other[index].keys) !== 0);

/** Rows in the order of the rules; one that changes nothing stands only in front of one that would change its numbers. */
function numberMap(context: RenderContext): NumberMapRow[] {
  if (!context.rules.some((rule) => rule.action === 'send' && changes(rule))) return [];
  const rows: Row[] = [];
  context.rules.forEach((rule, index) => {
    if (rule.action === 'bar') return;
    for (const items of alternativesOf(context, index)) {
      const prefix = prefixOf(items, rule.strip);
      for (const destinationPrefix of textsOf(prefix, SIGNS) ?? []) {
        if (rows.some((row) => row.destinationPrefix === destinationPrefix)) continue;
        rows.push({ destinationPrefix, removeFromLeft: rule.strip, prefixToAdd: rule.prepend, items: prefix });
      }
    }
  });
  return rows
    .filter(
      (row, index) =>
        !identity(row) || rows.slice(index + 1).some((later) => !identity(later) && overlap(row.items, later.items)),
    )
    .map(({ destinationPrefix, removeFromLeft, prefixToAdd }) => ({ destinationPrefix, removeFromLeft, prefixToAdd }));
}

/** The texts of the digit map, in the order of the rules. */
function digitMapOf(context: RenderContext): { index: number; text: string }[] {
  const timers = { none: '', short: 's', long: 'T' };
  return formsOf(context, SIGNS, false).map(({ rule, index, text }) => ({
    index,
    text: text + (context.extendable.has(index) ? timers[rule.timer] : ''),
  }));
}

const fits = (forms: readonly { text: string }[]): boolean =>
  forms.length <= AUDIOCODES_RULES_MAX && forms.map(({ text }) => text).join('|').length <= AUDIOCODES_CHARACTERS_MAX;

/** Rules that end in `x{5,9}` end in `x.` instead, without the upper limit: one alternative in place of five. */
const withoutLimits = (context: RenderContext): RenderContext => ({
  ...context,
  rules: context.rules.map((rule) => {
    const last = rule.match.at(-1)!;
    if (last.min === last.max || last.min === 0 || rule.timer === 'none') return rule;
    return { ...rule, match: [...rule.match.slice(0, -1), { ...last, max: null }] };
  }),
});

/** DigitMapping ends with `T` or `s` where a longer number is possible; numbers are changed in NumberMapTel2IP. */
export function renderAudioCodes(context: RenderContext): Rendered {
  refusePlus(context);
  refuseBars(context, 'A digit map of AudioCodes cannot bar');
  const exact = digitMapOf(context);
  const forms = fits(exact) ? exact : digitMapOf(withoutLimits(context));
  const digitMapping = forms.map(({ text }) => text).join('|');
  if (forms.length > AUDIOCODES_RULES_MAX)
    context.refuse(
      'too-many-rules',
      null,
      `The plan needs ${forms.length} alternatives, AudioCodes takes ${AUDIOCODES_RULES_MAX}.`,
    );
  if (digitMapping.length > AUDIOCODES_CHARACTERS_MAX)
    context.refuse(
      'too-long',
      null,
      `The digit map needs ${digitMapping.length} characters, AudioCodes takes ${AUDIOCODES_CHARACTERS_MAX}.`,
    );
  return {
    map: {
      language: 'audiocodes',
      digitMapping,
      maxDigits: MAX_DIGITS,
      timeBetweenDigitsS: secondsOf(context.plan.interDigitTimeoutMs),
      numberMapTel2Ip: numberMap(context),
    },
    ruleOf: forms.map(({ index }) => index),
    hash: 'always',
  };
}
