import { type Rendered, type RenderContext, secondsOf } from '../compile/context.ts';
import { refuseBars } from '../compile/forms.ts';
import { routesOf } from '../compile/routes.ts';

/** A route for each rule, ended by `$` or `T`; a mapping table where digits are stripped or put in front. */
export function renderPatton(context: RenderContext): Rendered {
  refuseBars(context, 'A routing table of Patton cannot bar');
  const routes = routesOf(context);
  const timeoutS = secondsOf(context.plan.interDigitTimeoutMs);
  return {
    map: {
      language: 'patton',
      routes: routes.map(({ index, text, stripped }) => {
        const { strip, prepend } = context.rules[index]!;
        const mapping = strip > 0 || prepend !== '' ? { from: `${stripped.join('')}(.%)`, to: `${prepend}\\1` } : null;
        return { key: text, mapping };
      }),
      digitCollectionTimeoutS: timeoutS,
      addressCompletionTimeoutS: timeoutS,
    },
    ruleOf: routes.map(({ index }) => index),
    hash: 'always',
  };
}
