import { type Rendered, type RenderContext, secondsOf } from '../compile/context.ts';
import { formsOf, refusePlus } from '../compile/forms.ts';
import type { Signs } from '../compile/signs.ts';
import { ELTEX_CHARACTERS_MAX } from './map.ts';

const SIGNS: Signs = { digit: 'x', lists: true, many: (sign) => `${sign}.` };

/** The short timer holds for every rule; the long one can be chosen after a repetition. */
export function renderEltex(context: RenderContext): Rendered {
  refusePlus(context);
  const { plan } = context;
  const forms = formsOf(context, SIGNS, true);
  const texts = forms.map(({ rule, start, text }) => {
    const timed = rule.timer === 'long' && text.endsWith('.') ? `${text}T` : text;
    if (rule.action === 'bar') return `${timed}!`;
    return start === '' && rule.prepend === '' ? timed : `<${start}:${rule.prepend}>${timed}`;
  });
  const dialPlan = `L${secondsOf(plan.interDigitTimeoutMs)} S${secondsOf(plan.shortTimeoutMs)} (${texts.join('|')})`;
  if (dialPlan.length > ELTEX_CHARACTERS_MAX)
    context.refuse(
      'too-long',
      null,
      `The dial plan needs ${dialPlan.length} characters, Eltex takes ${ELTEX_CHARACTERS_MAX}.`,
    );
  return {
    map: { language: 'eltex', dialPlan },
    ruleOf: forms.map(({ index }) => index),
    // `#` anywhere in the plan is a key, and then ends dialling nowhere.
    hash: dialPlan.includes('#') ? 'never' : 'always',
  };
}
