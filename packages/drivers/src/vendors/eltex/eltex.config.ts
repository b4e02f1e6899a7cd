import { unknownConfig } from '../../engine/config/unknown-config.ts';

/** No file of a TAU is public. Its SNMP objects write some settings, and none of them was proven. */
export const eltexConfig = (models: readonly string[]) =>
  unknownConfig(models, {
    digitMap: 'eltex',
    reason: 'no configuration file of this vendor was seen, so its keys are not known',
  });
