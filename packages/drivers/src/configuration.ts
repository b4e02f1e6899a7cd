import { driverById } from './drivers.ts';
import { type ConfigWish, type RenderedConfig, renderConfig } from './engine/config/index.ts';
import type { ConfigUnit } from './engine/slices/config.ts';

/** What the cloud uses to configure gateways: settings in, the vendor's own words out. No decoder is behind it. */
export type { ConfigWish, RenderedConfig } from './engine/config/index.ts';
export type { ConfigChange } from './engine/slices/config.ts';

/** `renderConfig` for a gateway that is known by the id of its driver; an unknown driver refuses. */
export function renderFor(driverId: string, unit: ConfigUnit, wish: ConfigWish): RenderedConfig {
  const driver = driverById(driverId);
  if (driver !== undefined) return renderConfig(driver, unit, wish);
  const reason = `there is no driver ${driverId}`;
  return {
    changes: [],
    written: [],
    cost: 'live',
    refusals: [{ field: null, position: null, reason }],
    notVerified: [],
  };
}
