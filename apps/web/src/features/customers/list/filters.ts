import { SEVERITY_FILTER_SETS, SEVERITY_FILTERS } from '../../../lib/words/line-counts.ts';
import { t } from '../../../messages/customers.ts';
import type { GridFilters } from '../../../ui/grid/model.ts';

/** What customers are filtered by. The names are those of the API. */
export const CUSTOMER_FILTERS: GridFilters = {
  worst: { label: t('worstPort'), options: SEVERITY_FILTERS, sets: SEVERITY_FILTER_SETS, counted: true },
};
