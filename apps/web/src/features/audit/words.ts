import type { AuditEntry } from '@loopstart/contracts';
import { type AUDITED, type AuditSubject, type AuditVerb, CONDITIONS, ERASED_NAME } from '@loopstart/domain';
import { ACTION_WORDS } from '../../lib/words/action.ts';
import { listed } from '../../lib/words/list.ts';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { t } from '../../messages/audit.ts';

/** Every word the console says about the audit trail. */

type Act = { [S in AuditSubject]: `${S}:${(typeof AUDITED)[S][number]}` }[AuditSubject];

export const DID_WORDS: Readonly<Record<Act, string>> = t.group('did');
export const VERB_WORDS: Readonly<Record<AuditVerb, string>> = t.group('verb');
export const SUBJECT_WORDS: Readonly<Record<AuditSubject, string>> = t.group('subject');
const FIELD_WORDS: Readonly<Record<string, string>> = t.group('field');

const wordOf = (words: object, key: string): string | undefined =>
  Object.hasOwn(words, key) ? (words as Readonly<Record<string, string>>)[key] : undefined;

/** What was done, as a sentence without its author; of a later version of the API, in its own words. */
export function didWords({ verb, subject }: Pick<AuditEntry, 'verb' | 'subject'>): string {
  return wordOf(DID_WORDS, `${subject.type}:${verb}`) ?? `${verb} ${subject.type}`;
}

export function authorWords({ kind, name }: Pick<AuditEntry['by'], 'kind' | 'name'>): string {
  if (name === ERASED_NAME) return t('erasedPerson');
  if (kind === 'person') return name;
  if (kind === 'token') return t('token', { name });
  return kind === 'agent' ? t('agentItself', { name }) : t('system', { name });
}

/** What it was done to; null where its name is not known any more. */
export function subjectWords({ type, name, exists, position }: AuditEntry['subject']): string | null {
  if (name === null) return null;
  const called = type === 'threshold' ? (wordOf(CONDITION_TITLES, name) ?? name) : name;
  const whole = position === null ? called : t('port', { position, name: called });
  return exists || type === 'threshold' ? whole : t('deleted', { name: whole });
}

const CONDITION_TITLES = Object.fromEntries(Object.entries(CONDITIONS).map(([kind, { title }]) => [kind, title]));

/** "probeAddress" is "Probe address" where nothing better is known. */
export function fieldWords(field: string): string {
  const known = wordOf(FIELD_WORDS, field);
  if (known !== undefined) return known;
  const words = field.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Fields whose values have words of their own. */
const VALUE_WORDS: Readonly<Record<string, object>> = {
  lineDeviceClass: LINE_DEVICE_WORDS,
  kind: CONDITION_TITLES,
  type: ACTION_WORDS,
};

/** A value of JSON in words; ids by their names, where they are known. */
export function valueWords(field: string, value: unknown, names: Readonly<Record<string, string>>): string {
  if (value === null || value === undefined) return t('none');
  if (value === '') return t('empty');
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value)) {
    if (value.length === 0) return t('none');
    return listed(
      value.map((one) => valueWords(field, one, names)),
      'and',
    );
  }
  if (typeof value === 'object') {
    const pairs = Object.entries(value);
    if (pairs.length === 0) return t('nothing');
    return pairs
      .map(([key, inner]) => t('pair', { field: fieldWords(key), value: valueWords(key, inner, names) }))
      .join('; ');
  }
  const text = String(value);
  return names[text] ?? wordOf(VALUE_WORDS[field] ?? {}, text) ?? text;
}

/** Where an entry's subject is in the console; null where it has no page, or is gone. */
export function subjectHref({ type, id, exists, gatewayId, position }: AuditEntry['subject']): string | null {
  if (!exists) return null;
  if (gatewayId !== null) {
    return position === null ? `/gateways/${gatewayId}` : `/gateways/${gatewayId}/ports/${position}`;
  }
  const page = PAGES[type];
  return page === undefined ? null : page.replace(':id', id);
}

const PAGES: Readonly<Record<string, string>> = {
  customer: '/customers/:id',
  site: '/sites/:id',
  'enrolment-token': '/sites/:id',
  agent: '/agents/:id',
  gateway: '/gateways/:id',
  incident: '/incidents/:id',
  channel: '/alerting/channels/:id',
  policy: '/alerting/policies',
  schedule: '/alerting/schedules',
  'schedule-override': '/alerting/schedules',
  'maintenance-window': '/alerting/maintenance',
  silence: '/alerting/silences',
  threshold: '/alerting/thresholds',
};
