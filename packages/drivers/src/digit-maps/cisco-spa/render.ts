import { type Rendered, type RenderContext, secondsOf } from '../compile/context.ts';
import { formsOf, refusePlus } from '../compile/forms.ts';
import type { Signs } from '../compile/signs.ts';
import { CISCO_SPA_CHARACTERS_MAX } from './map.ts';

const SIGNS: Signs = { digit: 'x', lists: true, many: (sign) => `${sign}.` };

/** Each sequence has its own timer. Emergency_Number_n_ is not used: how it relates to the plan is not verified. */
export function renderCiscoSpa(context: RenderContext): Rendered {
  refusePlus(context);
  const { plan } = context;
  const longS = secondsOf(plan.interDigitTimeoutMs);
  const timers = { none: 'S0', short: '', long: `S${longS}` };
  const forms = formsOf(context, SIGNS, true);
  const texts = forms.map(({ rule, index, start, text }) => {
    const timer = context.extendable.has(index) ? timers[rule.timer] : '';
    if (rule.action === 'bar') return `${text}${timer}!`;
    return (start === '' && rule.prepend === '' ? text : `<${start}:${rule.prepend}>${text}`) + timer;
  });
  const dialPlan = `L:${longS},S:${secondsOf(plan.shortTimeoutMs)},(${texts.join('|')})`;
  if (dialPlan.length > CISCO_SPA_CHARACTERS_MAX)
    context.refuse(
      'too-long',
      null,
      `The dial plan needs ${dialPlan.length} characters, the limit is ${CISCO_SPA_CHARACTERS_MAX}.`,
    );
  return { map: { language: 'cisco-spa', dialPlan }, ruleOf: forms.map(({ index }) => index), hash: 'never' };
}
