import type { DialRule } from '@loopstart/domain';
import type { RenderContext } from './context.ts';
import { expand, type Item } from './expand.ts';
import { type Signs, textsOf, withLiteralStart } from './signs.ts';

/** One text that stands, perhaps with others, for a rule of the plan. */
export interface Form {
  readonly rule: DialRule;
  readonly index: number;
  /** The keys that are stripped, where they are written apart. */
  readonly start: string;
  /** What is matched after `start`. */
  readonly text: string;
}

const NO_MEANS = 'This language has no means for its pattern.';

/** The rules that need rendering, with their index: what is sent, and bars that matter. */
export const rendered = ({ rules, neededBars }: RenderContext): { rule: DialRule; index: number }[] =>
  rules
    .map((rule, index) => ({ rule, index }))
    .filter(({ rule, index }) => rule.action === 'send' || neededBars.has(index));

/** Refuses the bars that matter, for languages that cannot bar. */
export function refuseBars(context: RenderContext, how: string): void {
  for (const index of context.neededBars)
    context.refuse('cannot-bar', index, `${how}; make the rules after it narrower.`);
}

/** Refuses `+` in what is sent, for languages whose manuals do not have it there. */
export function refusePlus(context: RenderContext): void {
  context.rules.forEach(({ action, prepend }, index) => {
    if (action === 'send' && prepend.includes('+'))
      context.refuse('not-verified', index, 'Sending + is not verified for this model. Let the call server add it.');
  });
}

/** Patterns without counts, or null with the loss reported. */
export function alternativesOf(context: RenderContext, index: number): readonly (readonly Item[])[] {
  const alternatives = expand(context.rules[index]!.match);
  if (alternatives === null) context.lose('not-rendered', index, 'It would become too many rules.');
  return alternatives ?? [];
}

/**
 * The texts of each rule that needs rendering. `apart`: keys that are stripped are written as literal keys in front,
 * because the language replaces literal keys alone.
 */
export function formsOf(context: RenderContext, signs: Signs, apart: boolean): Form[] {
  return rendered(context).flatMap(({ rule, index }) => {
    const strip = apart && rule.action === 'send' ? rule.strip : 0;
    const forms: Form[] = [];
    for (const items of alternativesOf(context, index)) {
      const starts = withLiteralStart(items, strip);
      const texts = starts?.map(({ start, rest }) => ({ start, texts: textsOf(rest, signs) })) ?? [
        { start: '', texts: null },
      ];
      for (const { start, texts: all } of texts) {
        if (all === null) {
          context.lose('not-rendered', index, NO_MEANS);
          return [];
        }
        forms.push(...all.map((text) => ({ rule, index, start, text })));
      }
    }
    return forms;
  });
}
