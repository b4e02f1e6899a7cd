import { EVENT_KINDS, EVENT_SOURCES } from '@loopstart/contracts';
import { EVENT_SEVERITIES } from '@loopstart/domain';
import { EVENT_KIND_WORDS, EVENT_SEVERITY_WORDS, EVENT_SOURCE_WORDS } from '../../../lib/words/event.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/events.ts';
import type { GridFilters } from '../../../ui/grid/model.ts';

/** What events are filtered by. The names are those of the API. */
export const EVENT_FILTERS: GridFilters = {
  within: {
    label: t('period'),
    options: [
      ['1h', t('lastHour')],
      ['24h', t('last24Hours')],
      ['7d', t('last7Days')],
    ],
    single: true,
  },
  kind: { label: t('kind'), options: EVENT_KINDS.map((kind) => [kind, EVENT_KIND_WORDS[kind]]), counted: true },
  severity: {
    label: common('severity'),
    options: EVENT_SEVERITIES.map((severity) => [severity, EVENT_SEVERITY_WORDS[severity]]),
    counted: true,
  },
  customerId: { label: t('customer'), counted: true },
  siteId: { label: t('site'), counted: true },
  gatewayId: { label: t('gateway'), counted: true, rare: true },
  position: { label: t('port'), counted: true, single: true, rare: true },
  source: {
    label: t('source'),
    options: EVENT_SOURCES.map((source) => [source, EVENT_SOURCE_WORDS[source]]),
    counted: true,
    rare: true,
  },
};
