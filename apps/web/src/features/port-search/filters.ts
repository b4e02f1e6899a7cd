import { REGISTRATION_FILTER } from '@loopstart/contracts';
import { LINE_DEVICE_CLASSES, PORT_KINDS } from '@loopstart/domain';
import { SEVERITY_FILTER_SETS, SEVERITY_FILTERS } from '../../lib/words/line-counts.ts';
import { KIND_WORDS, LINE_DEVICE_WORDS, REGISTRATION_WORDS } from '../../lib/words/port.ts';
import { t } from '../../messages/lines.ts';
import type { GridFilters } from '../../ui/grid/model.ts';

/** What lines are filtered by. The names are those of the API. */
export const LINE_FILTERS: GridFilters = {
  severity: { label: t('state'), options: SEVERITY_FILTERS, sets: SEVERITY_FILTER_SETS, counted: true },
  lineDeviceClass: {
    label: t('device'),
    options: LINE_DEVICE_CLASSES.map((device) => [device, LINE_DEVICE_WORDS[device]]),
    counted: true,
  },
  customerId: { label: t('customer'), counted: true },
  siteId: { label: t('site'), counted: true },
  registration: {
    label: t('registration'),
    options: [
      ['not-registered', t('notRegistered')],
      ...REGISTRATION_FILTER.map(
        (state) => [state, state === 'unknown' ? t('unknown') : REGISTRATION_WORDS[state]] as const,
      ),
    ],
    sets: { 'not-registered': ['registering', 'unregistered', 'auth-failed', 'rejected', 'unreachable'] },
    counted: true,
  },
  since: {
    label: t('changed'),
    options: [
      ['hour', t('changedHour')],
      ['day', t('changedDay')],
      ['week', t('changedWeek')],
      ['older', t('changedOlder')],
    ],
    single: true,
  },
  vendor: { label: t('vendor'), counted: true },
  model: { label: t('model'), counted: true },
  firmware: { label: t('firmware'), counted: true, rare: true },
  kind: { label: t('kind'), options: PORT_KINDS.map((kind) => [kind, KIND_WORDS[kind]]), counted: true, rare: true },
};
