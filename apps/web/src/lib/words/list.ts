import { t } from '../../messages/states.ts';
import { currentLocale, FORMAT_LOCALE } from '../i18n/locale.ts';

const LISTS = {
  and: new Intl.ListFormat(FORMAT_LOCALE[currentLocale()], { type: 'conjunction' }),
  or: new Intl.ListFormat(FORMAT_LOCALE[currentLocale()], { type: 'disjunction' }),
};

/** "A", "A and B", "A, B or C". */
export function listed(parts: readonly string[], joint: 'and' | 'or'): string {
  return LISTS[joint].format(parts);
}

/** A long list cut short: "A, B or 4 others". At most `max` parts, the last of which may be the rest. */
export function listedShort(parts: readonly string[], joint: 'and' | 'or', max = 3): string {
  if (parts.length <= max) return listed(parts, joint);
  const rest = parts.length - (max - 1);
  return listed([...parts.slice(0, max - 1), t('others', { rest })], joint);
}
