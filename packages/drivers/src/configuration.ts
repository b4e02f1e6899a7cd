import { configProcedure } from './config-apply/index.ts';
import { driverById } from './drivers.ts';
import {
  type ConfigWish,
  type DialPlanMaps,
  dialPlanMaps,
  type PlannedLine,
  type RenderedConfig,
  renderConfig,
} from './engine/config/index.ts';
import type { ConfiguredUnit } from './engine/slices/config.ts';

/** What the cloud uses to configure gateways: settings in, the vendor's own words out. No decoder is behind it. */
export type { ConfigWish, DialPlanFault, PlannedLine, RenderedConfig } from './engine/config/index.ts';
export type { ConfigChange } from './engine/slices/config.ts';
export { type NotTakenOver, stillChanges, type StillChanges, takeOver, type TakenOver } from './take-over/index.ts';

/**
 * `renderConfig` for a gateway that is known by the id of its driver. An unknown driver refuses, and so does a model of
 * which nobody has shown how it is changed on its site: what cannot be applied and taken back is not prepared either.
 */
export function renderFor(driverId: string, unit: ConfiguredUnit, wish: ConfigWish): RenderedConfig {
  const driver = driverById(driverId);
  if (driver === undefined) return nothing(`there is no driver ${driverId}`);
  if (configProcedure(driverId, unit.model) !== null) return renderConfig(driver, unit, wish);
  return nothing(`how ${driver.vendor} ${unit.model ?? 'gateways'} are changed on their site is not verified`);
}

const nothing = (reason: string): RenderedConfig => ({
  changes: [],
  written: [],
  cost: 'live',
  refusals: [{ field: null, position: null, reason }],
  notVerified: [],
});

/** `dialPlanMaps` for a gateway that is known by the id of its driver; an unknown driver has none. */
export function dialPlansFor(driverId: string, unit: ConfiguredUnit, lines: readonly PlannedLine[]): DialPlanMaps {
  const driver = driverById(driverId);
  return driver === undefined ? { maps: new Map(), faults: [] } : dialPlanMaps(driver, unit, lines);
}
