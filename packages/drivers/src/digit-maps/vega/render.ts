import { DIGITS } from '@loopstart/domain';
import { type Rendered, type RenderContext, secondsOf } from '../compile/context.ts';
import { formsOf, refuseBars, refusePlus } from '../compile/forms.ts';
import type { Signs } from '../compile/signs.ts';

const SIGNS: Signs = { digit: '[0-9]', lists: true, many: (_sign, keys) => (keys === DIGITS ? '.*' : null) };

/**
 * Plans of the expert layer. `.quick.emergency_numbers` belongs to the quick layer, which overwrites this one, and is
 * never written beside it.
 */
export function renderVega(context: RenderContext): Rendered {
  refusePlus(context);
  refuseBars(context, 'A planner of Vega cannot bar');
  const forms = formsOf(context, SIGNS, true);
  return {
    map: {
      language: 'vega',
      plans: forms.map(({ rule, start, text }) => ({
        telephone: `${start}<${text}>`,
        destination: `${rule.prepend}<1>`,
      })),
      dialTimeoutS: secondsOf(context.plan.interDigitTimeoutMs),
      dialDigit: context.plan.sendKey,
    },
    ruleOf: forms.map(({ index }) => index),
    hash: 'as-plan',
  };
}
