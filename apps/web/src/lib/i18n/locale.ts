/** The locales the console ships. `en-XA` is the pseudo-locale: English with accents, for tests. */
export const LOCALES = ['en', 'en-XA'] as const;
export type Locale = (typeof LOCALES)[number];

/** The tag numbers, plurals and dates are formatted by: British order of dates, 24 hours. */
export const FORMAT_LOCALE: Record<Locale, string> = { en: 'en-GB', 'en-XA': 'en-GB' };

/**
 * The locale of this installation. The server reads it from its environment, the browser from the page that
 * the server sent, so both render the same text.
 */
export function currentLocale(): Locale {
  const wanted = typeof document === 'undefined' ? process.env['LOOPSTART_LOCALE'] : document.documentElement.lang;
  return LOCALES.find((locale) => locale === wanted) ?? 'en';
}
