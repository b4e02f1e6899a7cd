import { ALERT_SEVERITIES, ATTENTION } from '@loopstart/contracts';
import { CONDITIONS, SOURCED_KINDS } from '@loopstart/domain';
import { ATTENTION_WORDS } from '../../../lib/words/incident.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/incidents.ts';
import type { GridFilters } from '../../../ui/grid/model.ts';

/** What incidents are filtered by. The names are those of the API. */
export const INCIDENT_FILTERS: GridFilters = {
  attention: {
    label: common('state'),
    unset: t('notResolved'),
    options: [
      ...ATTENTION.map((state) => [state, ATTENTION_WORDS[state]] as const),
      ['all', t('allIncludingResolved')],
    ],
    sets: { all: ATTENTION },
    counted: true,
  },
  severity: {
    label: common('severity'),
    options: ALERT_SEVERITIES.toReversed().map((severity) => [severity, SEVERITY_WORDS[severity]]),
    counted: true,
  },
  kind: {
    label: t('kind'),
    options: SOURCED_KINDS.map((kind) => [kind, CONDITIONS[kind].title] as const).toSorted(([, a], [, b]) =>
      a.localeCompare(b, 'en'),
    ),
    counted: true,
  },
  customerId: { label: t('customer'), counted: true },
  siteId: { label: t('site'), counted: true },
  assignedTo: {
    label: t('assignedTo'),
    pinned: [
      ['me', t('me')],
      ['nobody', t('nobody')],
    ],
    counted: true,
  },
  gatewayId: { label: t('gateway'), counted: true, rare: true },
  position: { label: t('port2'), counted: true, single: true, rare: true },
};
