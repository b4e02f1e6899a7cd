import { AGENT_STATES } from '@loopstart/contracts';
import { AGENT_STATE_WORDS } from '../../../lib/words/fleet.ts';
import { t } from '../../../messages/agents.ts';
import { t as common } from '../../../messages/common.ts';
import type { GridFilters } from '../../../ui/grid/model.ts';

/** What agents are filtered by. The names are those of the API. */
export const AGENT_FILTERS: GridFilters = {
  state: {
    label: common('state'),
    options: AGENT_STATES.map((state) => [state, AGENT_STATE_WORDS[state]]),
    counted: true,
  },
  customerId: { label: t('customer'), counted: true },
  siteId: { label: t('site'), counted: true },
  version: { label: t('version'), counted: true },
};
