import { configProcedure } from './config-apply/index.ts';
import { driverById } from './drivers.ts';
import {
  type ConfigWish,
  type DialPlanMaps,
  diallingOf,
  dialPlanMaps,
  type PlannedLine,
  type RenderedConfig,
  renderConfig,
  type UnitDialling,
} from './engine/config/index.ts';
import type { ConfiguredUnit } from './engine/slices/config.ts';

/** What the cloud uses to configure gateways: settings in, the vendor's own words out. No decoder is behind it. */
export type { ConfigWish, DialPlanFault, PlannedLine, RenderedConfig, UnitDialling } from './engine/config/index.ts';
export type { ConfigChange } from './engine/slices/config.ts';

/**
 * `renderConfig` for a gateway that is known by the id of its driver. An unknown driver refuses, and so does a model of
 * which nobody has shown how it is changed on its site: what cannot be applied and taken back is not prepared either.
 */
export function renderFor(driverId: string, unit: ConfiguredUnit, wish: ConfigWish): RenderedConfig {
  const driver = driverById(driverId);
  if (driver === undefined) return nothing(`there is no driver ${driverId}`);
  const reason = notAppliedReason(driverId, unit);
  return reason === null ? renderConfig(driver, unit, wish) : nothing(reason);
}

/** Why nothing is written to the configuration of such a gateway; null where it is. */
function notAppliedReason(driverId: string, { model }: ConfiguredUnit): string | null {
  if (configProcedure(driverId, model) !== null) return null;
  return `how ${driverById(driverId)?.vendor ?? driverId} ${model ?? 'gateways'} are changed on their site is not verified`;
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

/** What a gateway that is known by the id of its driver would do with keys. `notWritten`: why it is not given the plan. */
export function diallingFor(
  driverId: string,
  unit: ConfiguredUnit,
  line: Pick<PlannedLine, 'plan' | 'service'>,
  keys: { readonly dialled: string; readonly pauseMs: number },
): UnitDialling & { readonly notWritten: string | null } {
  const driver = driverById(driverId);
  if (driver === undefined) return { ok: false, reasons: [`there is no driver ${driverId}`], notWritten: null };
  return { ...diallingOf(driver, unit, line, keys), notWritten: notAppliedReason(driverId, unit) };
}
