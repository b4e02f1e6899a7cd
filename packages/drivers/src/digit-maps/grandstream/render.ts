import { DIGITS, keysOf } from '@loopstart/domain';
import { type Rendered, type RenderContext, secondsOf } from '../compile/context.ts';
import { type Form, formsOf, refusePlus } from '../compile/forms.ts';
import type { Signs } from '../compile/signs.ts';
import { GRANDSTREAM_CHARACTERS_MAX, GRANDSTREAM_TIMEOUT_MAX_S } from './map.ts';

/** A sign that no plan has: `+` means at least once, so what may be left out becomes a rule of its own. */
const MANY = '~';
const SIGNS: Signs = {
  digit: 'x',
  lists: true,
  many: (sign, keys) => (keys === DIGITS || keysOf(keys).length === 1 ? sign + MANY : null),
};

/** `xx~` (one digit, then any number) is `x+`; `9x~` is `9` or `9x+`. */
function withoutNone({ text, ...form }: Form): Form[] {
  const at = text.indexOf(MANY);
  if (at < 0) return [{ ...form, text }];
  const sign = text[at - 1]!;
  const rest = text.slice(at + 1);
  const before = text.slice(0, at - 1);
  if (before.endsWith(sign)) return withoutNone({ ...form, text: `${before}+${rest}` });
  return [
    ...(before + rest === '' ? [] : withoutNone({ ...form, text: before + rest })),
    ...withoutNone({ ...form, text: `${before}${sign}+${rest}` }),
  ];
}

/** One timer (P85) holds for every rule. Excluded rules are a veto wherever they stand. */
export function renderGrandstream(context: RenderContext): Rendered {
  refusePlus(context);
  const { plan } = context;
  const wanted = secondsOf(plan.interDigitTimeoutMs);
  const noKeyEntryTimeoutS = Math.min(wanted, GRANDSTREAM_TIMEOUT_MAX_S);
  if (wanted > GRANDSTREAM_TIMEOUT_MAX_S)
    context.lose('timer-rounded', null, `P85 is at most ${GRANDSTREAM_TIMEOUT_MAX_S} s; the plan has ${wanted} s.`);
  const forms = formsOf(context, SIGNS, true).flatMap(withoutNone);
  const texts = forms.map(({ rule, start, text }) => {
    if (rule.action === 'bar') return `^${text}`;
    return start === '' && rule.prepend === '' ? text : `<${start}=${rule.prepend}>${text}`;
  });
  const dialPlan = `{ ${texts.join(' | ')} }`;
  if (dialPlan.length > GRANDSTREAM_CHARACTERS_MAX)
    context.refuse(
      'too-long',
      null,
      `The dial plan needs ${dialPlan.length} characters, Grandstream takes ${GRANDSTREAM_CHARACTERS_MAX}.`,
    );
  return {
    map: { language: 'grandstream', dialPlan, noKeyEntryTimeoutS, hashSends: plan.sendKey === '#' },
    ruleOf: forms.map(({ index }) => index),
    hash: 'as-plan',
  };
}
