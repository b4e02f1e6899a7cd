import { DELIVERY_STATES, WEBHOOK_TYPES } from '@loopstart/contracts';
import { t } from '../../../messages/channels.ts';
import { t as common } from '../../../messages/common.ts';
import type { GridFilters } from '../../../ui/grid/model.ts';
import { DELIVERY_WORDS, messageWord } from '../channel-words.ts';

/** Filters of the delivery log. The names are those of the API. */
export const DELIVERY_FILTERS: GridFilters = {
  within: {
    label: t('period'),
    options: [
      ['1h', t('lastHour')],
      ['24h', t('last24Hours')],
      ['7d', t('last7Days')],
    ],
    single: true,
  },
  state: {
    label: common('state'),
    options: DELIVERY_STATES.map((state) => [state, DELIVERY_WORDS[state]]),
    sets: { wrong: ['failed', 'abandoned'] },
    counted: true,
  },
  channelId: { label: t('channelColumn'), counted: true },
  type: { label: t('message2'), options: WEBHOOK_TYPES.map((type) => [type, messageWord(type)]), counted: true },
  customerId: { label: t('customer'), counted: true },
};

const { channelId: _, ...others } = DELIVERY_FILTERS;
export const CHANNEL_DELIVERY_FILTERS: GridFilters = others;
