import { type Rendered, type RenderContext, secondsOf } from '../compile/context.ts';
import { refuseBars } from '../compile/forms.ts';
import { routesOf } from '../compile/routes.ts';

/** The first tag of the dial peers of a plan; the driver that renders a whole gateway may move them. */
const FIRST_TAG = 100;

/** A dial peer for each rule, ended by `$` or `T`; a translation rule where digits are stripped or put in front. */
export function renderCiscoIos(context: RenderContext): Rendered {
  refuseBars(context, 'A dial peer of IOS cannot bar');
  const routes = routesOf(context);
  return {
    map: {
      language: 'cisco-ios',
      peers: routes.map(({ index, text, stripped }, place) => {
        const { strip, prepend } = context.rules[index]!;
        return {
          tag: FIRST_TAG + place,
          destinationPattern: text,
          preference: 0,
          translationRules:
            strip > 0 || prepend !== '' ? [{ match: `^${stripped.join('')}`, replacement: prepend }] : [],
        };
      }),
      interDigitTimeoutS: secondsOf(context.plan.interDigitTimeoutMs),
    },
    ruleOf: routes.map(({ index }) => index),
    hash: 'always',
  };
}
