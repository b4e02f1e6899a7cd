import { DIGITS, type Pattern } from '@loopstart/domain';
import type { RenderContext } from './context.ts';
import { expand } from './expand.ts';
import { rendered } from './forms.ts';
import { type Signs, textsOf } from './signs.ts';

const SIGNS: Signs = { digit: '[0-9]', lists: true, many: () => null };

/** One route of a call router: a fixed number of keys, and `T` where more may follow. */
export interface Route {
  readonly index: number;
  readonly text: string;
  /** Texts of one key each, for what is stripped. */
  readonly stripped: readonly string[];
}

/**
 * Routes for each rule. A pattern that ends in a variable number of digits becomes its shortest form and `T`, which has
 * no upper limit: without `T` the shortest number would end dialling. The same holds for one that waits for a longer
 * number of another rule.
 */
export function routesOf(context: RenderContext): Route[] {
  return rendered(context).flatMap(({ rule, index }) => {
    const last = rule.match.at(-1)!;
    const variable = last.min !== last.max;
    const open = variable || (rule.timer !== 'none' && context.extendable.has(index));
    const cut: Pattern = variable ? [...rule.match.slice(0, -1), { ...last, max: last.min }] : rule.match;
    const alternatives = variable && last.keys !== DIGITS ? null : expand(cut.filter(({ max }) => max !== 0));
    const routes = alternatives?.flatMap((items) => {
      const stripped = items.slice(0, rule.strip).map((item) => textsOf([item], SIGNS));
      const texts = items.some(({ repeated }) => repeated) ? null : textsOf(items, SIGNS);
      const single = stripped.every((all) => all?.length === 1);
      if (texts === null || !single || stripped.length < rule.strip) return [null];
      return texts.map((text) => ({
        index,
        text: `${text}${open ? 'T' : '$'}`,
        stripped: stripped.map((all) => all![0]!),
      }));
    }) ?? [null];
    const whole = routes.filter((route) => route !== null);
    if (whole.length === routes.length) return whole;
    context.lose('not-rendered', index, 'This language has no means for its pattern.');
    return [];
  });
}
