import { MEMBER_FACTOR, MEMBER_SEEN, MEMBER_STATUS } from '@loopstart/contracts';
import { t } from '../../../messages/people.ts';
import type { GridFilters } from '../../../ui/grid/model.ts';

/** What members are filtered by. The names are those of the API. */
export const MEMBER_FILTERS: GridFilters = {
  status: {
    label: t('status'),
    options: MEMBER_STATUS.map((one) => [one, t.group('statuses')[one]] as const),
    counted: true,
  },
  role: { label: t('role'), counted: true },
  factor: {
    label: t('factor'),
    options: MEMBER_FACTOR.map((one) => [one, t.group('factors')[one]] as const),
    counted: true,
  },
  seen: {
    label: t('lastSignIn'),
    options: MEMBER_SEEN.map((one) => [one, t.group('seen')[one]] as const),
    counted: true,
  },
};
