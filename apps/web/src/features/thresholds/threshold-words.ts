import type { ConditionView } from '@loopstart/contracts';
import type { LineDeviceClass, SubjectType } from '@loopstart/domain';
import { counted } from '../../lib/format/number.ts';
import { duration } from '../../lib/format/time.ts';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';

export type Setting = ConditionView['settings'][number];
export type Scope = Setting['scope'];

export const SUBJECT_WORDS: Record<SubjectType, string> = {
  operator: 'Loopstart itself',
  site: 'Sites',
  agent: 'Agents',
  gateway: 'Gateways',
  port: 'Ports and lines',
  shared: 'Several at once',
};

export const SCOPE_WORDS: Record<Scope, string> = {
  operator: 'All customers',
  customer: 'A customer',
  site: 'A site',
  'line-device-class': 'A kind of line',
  port: 'One port',
};

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
      return 'All customers';
    case 'customer':
      return `Customer ${setting.scopeName}`;
    case 'site':
      return `Site ${setting.scopeName}`;
    case 'line-device-class': {
      const word = LINE_DEVICE_WORDS[setting.scopeId as LineDeviceClass] ?? setting.scopeName;
      return `Lines of the kind “${word}”`;
    }
    case 'port':
      return setting.scopeName;
  }
}

/** What a setting says, one phrase a threshold: ["Lost within: 2 min"], or that it is not watched. */
export function settingValues(setting: Setting, condition: Pick<ConditionView, 'parameters'>): string[] {
  if (setting.off) return ['Not watched'];
  return condition.parameters
    .filter(({ name }) => name in setting.parameters)
    .map(({ name, label, unit }) => `${label}: ${valueWords(setting.parameters[name]!, unit)}`);
}

/** How much of a condition differs from the default, in a few words; null where nothing does. */
export function changedWords(settings: readonly Setting[]): string | null {
  if (settings.length === 0) return null;
  const off = settings.filter((setting) => setting.off).length;
  if (settings.some((setting) => setting.off && setting.scope === 'operator')) return 'Not watched';
  const places = counted(settings.length, 'setting');
  return off === 0 ? places : `${places}, not watched in ${off}`;
}
