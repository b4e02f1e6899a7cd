import type { ConditionView } from '@loopstart/contracts';
import type { LineDeviceClass, SubjectType } from '@loopstart/domain';
import { duration } from '../../lib/format/time.ts';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { t } from '../../messages/thresholds.ts';

export type Setting = ConditionView['settings'][number];
export type Scope = Setting['scope'];

export const SUBJECT_WORDS: Record<SubjectType, string> = t.group('subject');

export const SCOPE_WORDS: Record<Scope, string> = t.group('scopeNames');

/** A threshold as it is read: seconds as a length of time, all else with its unit. */
export function valueWords(value: number, unit: string): string {
  if (unit === 's') return duration(value * 1000);
  const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 }).format(value);
  return unit === '' ? number : `${number} ${unit}`;
}

/** The unit beside a field: "seconds", "%". */
export function unitWords(unit: string): string {
  return unit === 's' ? 'seconds' : unit;
}

/** Where a setting holds: "Site North house", "Lines with a lift phone". */
export function settingWhere(setting: Pick<Setting, 'scope' | 'scopeId' | 'scopeName'>): string {
  switch (setting.scope) {
    case 'operator':
      return t('allCustomers');
    case 'customer':
      return t('customer', { scopeName: setting.scopeName });
    case 'site':
      return t('site', { scopeName: setting.scopeName });
    case 'line-device-class': {
      const word = LINE_DEVICE_WORDS[setting.scopeId as LineDeviceClass] ?? setting.scopeName;
      return t('linesWith', { word });
    }
    case 'port':
      return setting.scopeName;
  }
}

/** What a setting says, one phrase a threshold: ["Lost within: 2 min"], or that it is not watched. */
export function settingValues(setting: Setting, condition: Pick<ConditionView, 'parameters'>): string[] {
  if (setting.off) return [t('notMonitored')];
  return condition.parameters
    .filter(({ name }) => name in setting.parameters)
    .map(({ name, label, unit }) => `${label}: ${valueWords(setting.parameters[name]!, unit)}`);
}

/** How much of a condition differs from the default, in a few words; null where nothing does. */
export function changedWords(settings: readonly Setting[]): string | null {
  if (settings.length === 0) return null;
  const off = settings.filter((setting) => setting.off).length;
  if (settings.some((setting) => setting.off && setting.scope === 'operator')) return t('notMonitored');
  const places = t('setting', { count: settings.length });
  return off === 0 ? places : t('notMonitoredIn', { places, off });
}
