import { CALL_FAX_FILTER, CALL_QUALITY_FILTER } from '@loopstart/contracts';
import { CALL_DIRECTIONS, CALL_PROGRESS } from '@loopstart/domain';
import {
  CALL_DIRECTION_WORDS,
  CALL_FAX_WORDS,
  CALL_PROGRESS_WORDS,
  CALL_QUALITY_WORDS,
} from '../../../lib/words/call.ts';
import { t } from '../../../messages/calls.ts';
import type { GridFilters } from '../../../ui/grid/model.ts';

/** What calls are filtered by. The names are those of the API. */
export const CALL_FILTERS: GridFilters = {
  within: {
    label: t('period'),
    options: [
      ['1h', t('lastHour')],
      ['24h', t('last24Hours')],
      ['7d', t('last7Days')],
    ],
    single: true,
  },
  progress: { label: t('state'), options: CALL_PROGRESS.map((one) => [one, CALL_PROGRESS_WORDS[one]]), counted: true },
  direction: {
    label: t('direction'),
    options: CALL_DIRECTIONS.map((one) => [one, CALL_DIRECTION_WORDS[one]]),
    counted: true,
  },
  quality: {
    label: t('quality'),
    options: CALL_QUALITY_FILTER.map((one) => [one, CALL_QUALITY_WORDS[one]]),
    counted: true,
  },
  customerId: { label: t('customer'), counted: true },
  siteId: { label: t('site'), counted: true },
  gatewayId: { label: t('gateway'), counted: true, rare: true },
  position: { label: t('port'), counted: true, single: true, rare: true },
  cause: { label: t('cause'), counted: true, pinned: [['', t('noCause')]], rare: true },
  fax: {
    label: t('fax'),
    options: CALL_FAX_FILTER.map((one) => [one, CALL_FAX_WORDS[one]]),
    counted: true,
    rare: true,
  },
};
