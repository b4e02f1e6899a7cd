import { cloneElement, isValidElement, type ReactElement, type ReactNode } from 'react';
import { createTranslator, type RichTranslationValues } from 'use-intl/core';
import { currentLocale, FORMAT_LOCALE } from './locale.ts';
import { type Messages, pseudoMessages } from './pseudo.ts';

/** The groups of a catalogue: those keys that hold messages by state, kind or other value of the domain. */
type Groups<M> = { [K in keyof M]: M[K] extends string ? never : K }[keyof M];

/** The arguments of a message with an element for each of its tags. */
type WithElements<Values> = {
  [K in keyof Values]: Values[K] extends (chunks: ReactNode) => ReactNode ? ReactElement : Values[K];
};

/** The translator inside: what it is given is checked where it is called. */
interface Untyped {
  (key: string, ...values: unknown[]): string;
  rich(key: string, values: RichTranslationValues): ReactNode;
}

type Rest<Parameters extends readonly unknown[]> = Parameters extends [unknown, ...infer Others] ? Others : never;

/**
 * The messages of an area as a function: `t('empty')`, `t('found', { count })`. Keys and arguments are typed
 * from the English catalogue. `t.rich('since', { moment: <Moment … /> })` puts an element for each tag, with the
 * text of the tag inside; `t.group('state')` is the table of a group.
 */
export function translator<const M extends Messages>(catalogues: { en: M }) {
  const locale = currentLocale();
  // The same keys with the same arguments, by construction.
  const messages = locale === 'en-XA' ? (pseudoMessages(catalogues.en) as M) : catalogues.en;
  const translate = createTranslator({ locale: FORMAT_LOCALE[locale], messages });
  type Key = Parameters<typeof translate>[0];
  const untyped = translate as unknown as Untyped;
  const text = <K extends Key>(key: K, ...values: Rest<Parameters<typeof translate<K>>>): string =>
    untyped(key, ...values);
  const rich = <K extends Key>(
    key: K,
    values: WithElements<NonNullable<Parameters<typeof translate.rich<K>>[1]>>,
  ): ReactNode => untyped.rich(key, withTags(values));
  const group = <G extends Groups<M>>(name: G) => messages[name] as Readonly<Record<keyof M[G], string>>;
  return Object.assign(text, { rich, group });
}

/** Each element as the library wants it: a function of what stands inside the tag. */
function withTags(values: Readonly<Record<string, unknown>>): RichTranslationValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isValidElement(value)
        ? (chunks: ReactNode) =>
            Array.isArray(chunks) && chunks.length === 0 ? value : cloneElement(value, undefined, chunks)
        : value,
    ]),
  ) as RichTranslationValues;
}
