import { nothingElseVerified } from '../../engine/config/reasons.ts';
import type { ConfigSlice } from '../../engine/slices/config.ts';

/** No file of a TAU is public. Its SNMP objects write some settings; which of them need what else is not proven. */
export const eltexConfig = (models: readonly string[]): ConfigSlice => ({
  layouts: [
    {
      name: 'TAU',
      models,
      format: null,
      digitMap: 'eltex',
      mappings: {},
      notVerified: nothingElseVerified('no configuration file of this vendor was seen, so its keys are not known', {}),
    },
  ],
});
