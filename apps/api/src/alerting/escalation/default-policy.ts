import type { EscalationPolicy } from '@loopstart/domain';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/**
 * The policy that every operator starts with: what matters at once through all channels, the rest once a day. Without a
 * channel it reaches nobody, and the console shows that.
 */
export const DEFAULT_POLICY: Omit<EscalationPolicy, 'id' | 'ordinal'> = {
  name: 'Everything',
  isDefault: true,
  match: {},
  steps: [{ waitMinutes: 0, targets: [{ type: 'all-channels' }] }],
  repeat: { times: 0, everyMinutes: 30 },
  quietHours: null,
  digest: {
    timeZone: 'UTC',
    at: '08:00',
    weekdays: EVERY_DAY,
    severities: ['info', 'minor'],
    targets: [{ type: 'all-channels' }],
  },
};
