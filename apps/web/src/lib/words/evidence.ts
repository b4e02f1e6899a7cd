import type { ConditionKind } from '@loopstart/domain';
import { CAPABILITY_WORDS } from './fleet.ts';
import { ADMIN_WORDS, CALL_WORDS, FAULT_WORDS, OPER_WORDS, REGISTRATION_WORDS } from './port.ts';
import { t } from '../../messages/states.ts';

/** What rules put down as seen, by its name. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(CAPABILITY_WORDS),
  ['lastSeenAt', t('lastContact')],
  ['siteAnswers', t('siteAddressAnswers')],
  ['unreachableSince', t('unreachableSince')],
  ['lastReadAt', t('lastRead')],
  ['reason', t('failure')],
  ['restartedAt', t('restarted')],
  ['stoppedAt', t('stopped')],
  ['clockSkewMs', t('clockOffset')],
  ['oldestMessageAt', t('oldestWaitingMessage')],
  ['lostAt', t('messagesLost')],
  ['certificateExpiresAt', t('certificateExpires')],
  ['testedAt', t('tested')],
  ['lossPercent', t('packetLoss')],
  ['alarm', t('gatewayAlarm')],
  ['value', t('measured')],
  ['usual', t('baseline')],
  ['deviation', t('standardDeviation')],
  ['of', t('total')],
]);

const UNIT_ENDINGS: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/Percent$/, '%'],
  [/Ms$/, 'ms'],
  [/Ma$/, 'mA'],
  [/(?<=[a-z0-9])S$/, 's'],
  [/(?<=[a-z0-9])V$/, 'V'],
  [/(?<=[a-z0-9])C$/, '°C'],
];

/** Kinds that measure one thing and call it `value`. */
const VALUE_UNITS: Partial<Record<ConditionKind, string>> = {
  'line-voltage-abnormal': 'V',
  'loop-current-abnormal': 'mA',
};
const VALUES: ReadonlySet<string> = new Set(['value', 'usual', 'deviation']);

/** The name of something seen and its unit: `packetLossPercent` → "Packet loss" in "%". */
export function seenName(key: string, kind: ConditionKind): { label: string; unit: string } {
  const found = UNIT_ENDINGS.find(([ending]) => ending.test(key));
  const unit = VALUES.has(key) ? (VALUE_UNITS[kind] ?? '') : (found?.[1] ?? '');
  const known = LABELS.get(key);
  if (known !== undefined) return { label: known, unit };
  const bare = found === undefined ? key : key.replace(found[0], '');
  const words = bare
    .replace(/[-_]/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return { label: words.charAt(0).toUpperCase() + words.slice(1), unit };
}

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  oper: OPER_WORDS,
  admin: ADMIN_WORDS,
  fault: FAULT_WORDS,
  call: CALL_WORDS,
  registration: REGISTRATION_WORDS,
};

/** A state that was seen, named as everywhere else; other texts stay as they are. */
export function seenWord(key: string, value: string): string {
  return WORDS[key]?.[value] ?? value;
}

/** Something seen that is a point in time, as ISO 8601; null where it is none. Numbers are ms since the epoch. */
export function seenInstant(key: string, value: unknown): string | null {
  if (!/(At|Since|Until|From)$/.test(key)) return null;
  if (typeof value === 'number') return value > 1e12 ? new Date(value).toISOString() : null;
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? value : null;
}
