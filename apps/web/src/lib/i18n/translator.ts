import { createTranslator } from 'use-intl/core';
import { currentLocale, FORMAT_LOCALE } from './locale.ts';
import { type Messages, pseudoMessages } from './pseudo.ts';

/** The groups of a catalogue: those keys that hold messages by state, kind or other value of the domain. */
type Groups<M> = { [K in keyof M]: M[K] extends string ? never : K }[keyof M];

/**
 * The messages of an area as a function: `t('empty')`, `t('found', { count })`. Keys and arguments are typed
 * from the English catalogue. `t.rich` takes elements for tags; `t.group('state')` is a table of a group.
 */
export function translator<const M extends Messages>(catalogues: { en: M }) {
  const locale = currentLocale();
  // The same keys with the same arguments, by construction.
  const messages = locale === 'en-XA' ? (pseudoMessages(catalogues.en) as M) : catalogues.en;
  const translate = createTranslator({ locale: FORMAT_LOCALE[locale], messages });
  const group = <G extends Groups<M>>(name: G) => messages[name] as Readonly<Record<keyof M[G], string>>;
  return Object.assign(translate, { group });
}
