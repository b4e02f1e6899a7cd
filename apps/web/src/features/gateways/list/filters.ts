import { REACHABILITY } from '@loopstart/contracts';
import { FRESHNESS } from '@loopstart/domain';
import { REACHABILITY_WORDS } from '../../../lib/words/fleet.ts';
import { SEVERITY_FILTER_SETS, SEVERITY_FILTERS } from '../../../lib/words/line-counts.ts';
import { t } from '../../../messages/gateways.ts';
import type { GridFilters } from '../../../ui/grid/model.ts';

const FRESHNESS_WORDS = { live: t('current'), stale: t('old'), never: t('neverRead') } as const;

/** What gateways are filtered by. The names are those of the API. */
export const GATEWAY_FILTERS: GridFilters = {
  worst: { label: t('worstPort'), options: SEVERITY_FILTERS, sets: SEVERITY_FILTER_SETS, counted: true },
  reachability: {
    label: t('reachability'),
    options: REACHABILITY.map((state) => [state, REACHABILITY_WORDS[state]]),
    counted: true,
  },
  freshness: {
    label: t('reading'),
    options: FRESHNESS.map((state) => [state, FRESHNESS_WORDS[state]]),
    counted: true,
  },
  customerId: { label: t('customer'), counted: true },
  siteId: { label: t('site'), counted: true },
  vendor: { label: t('vendor'), counted: true },
  model: { label: t('model'), counted: true },
  firmware: { label: t('firmware'), counted: true, rare: true },
  agentId: { label: t('agent'), counted: true, rare: true },
  // Absent: in service only.
  retired: {
    label: t('service'),
    options: [
      ['only', t('retired')],
      ['include', t('includingRetired')],
    ],
    single: true,
    rare: true,
  },
};
