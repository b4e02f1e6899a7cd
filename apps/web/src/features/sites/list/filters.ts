import { SITE_CONTACT } from '@loopstart/contracts';
import { SEVERITY_FILTER_SETS, SEVERITY_FILTERS } from '../../../lib/words/line-counts.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/sites.ts';
import type { GridFilters } from '../../../ui/grid/model.ts';

const CONTACT_WORDS = t.group('contact');

/** What sites are filtered by. The names are those of the API. */
export const SITE_FILTERS: GridFilters = {
  worst: { label: t('worstPort'), options: SEVERITY_FILTERS, sets: SEVERITY_FILTER_SETS, counted: true },
  contact: {
    label: common('agents'),
    options: SITE_CONTACT.map((contact) => [contact, CONTACT_WORDS[contact]]),
    counted: true,
  },
  tag: { label: t('tags'), counted: true },
  customerId: { label: t('customer'), counted: true },
};
