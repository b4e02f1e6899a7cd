import { ALERT_SEVERITIES, HOLD_REASONS } from '@loopstart/contracts';
import { CONDITIONS, SOURCED_KINDS } from '@loopstart/domain';
import { HOLD_WORDS } from '../../../lib/words/incident.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/alerts.ts';
import { t as common } from '../../../messages/common.ts';
import type { GridFilters } from '../../../ui/grid/model.ts';

/** What suppressed alerts are filtered by. The names are those of the API. */
export const HELD_FILTERS: GridFilters = {
  hold: {
    label: common('reason'),
    options: HOLD_REASONS.map((reason) => [reason, HOLD_WORDS[reason]]),
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
  gatewayId: { label: t('gateway'), counted: true, rare: true },
  position: { label: t('port'), counted: true, single: true, rare: true },
};
