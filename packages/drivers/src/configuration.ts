import { configProcedure, whyNoProcedure } from './config-apply/index.ts';
import { driverById } from './drivers.ts';
import {
  type ConfigWish,
  type DialPlanMaps,
  diallingOf,
  dialPlanMaps,
  type PlannedLine,
  portNamesOf,
  type RenderedConfig,
  type RenderedLevel,
  renderConfig,
  type UnitDialling,
} from './engine/config/index.ts';
import { layoutFor } from './engine/config/layouts.ts';
import { isRefused } from './engine/config/words.ts';
import type { ConfiguredUnit } from './engine/slices/config.ts';

/** What the cloud uses to configure gateways: settings in, the vendor's own words out. No decoder is behind it. */
export type {
  ConfigWish,
  DialPlanFault,
  PlannedLine,
  RenderedConfig,
  RenderedLevel,
  UnitDialling,
} from './engine/config/index.ts';
export type { ConfigChange } from './engine/slices/config.ts';
export {
  narrowTo,
  type NotTakenOver,
  stillChanges,
  type StillChanges,
  takeOver,
  type TakenOver,
} from './take-over/index.ts';

/**
 * `renderConfig` for a gateway that is known by the id of its driver. An unknown driver refuses, and so does a model of
 * which nobody has shown how it is changed on its site: what cannot be applied and taken back is not prepared either.
 */
export function renderFor(
  driverId: string,
  unit: ConfiguredUnit,
  wish: ConfigWish,
  level: RenderedLevel = 'all',
): RenderedConfig {
  const driver = driverById(driverId);
  if (driver === undefined) return nothing(`there is no driver ${driverId}`);
  const reason = notAppliedReason(driverId, unit);
  return reason === null ? renderConfig(driver, unit, wish, level) : nothing(reason);
}

/** Why nothing is written to the configuration of such a gateway; null where it is. */
function notAppliedReason(driverId: string, { model }: ConfiguredUnit): string | null {
  if (configProcedure(driverId, model) !== null) return null;
  const what = `${driverById(driverId)?.vendor ?? driverId} ${model ?? 'gateways'}`;
  return `how ${what} are changed on their site is not verified: ${whyNoProcedure(driverId)}`;
}

/** A gateway with the names that its configuration gives to its ports, as far as it reports them. */
export function namedUnit(
  driverId: string,
  unit: ConfiguredUnit,
  ports: readonly { readonly position: number; readonly name: string | null }[],
): ConfiguredUnit {
  const driver = driverById(driverId);
  return driver === undefined ? unit : { ...unit, portNames: portNamesOf(driver, unit, ports) };
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

/**
 * Whether what is set for the ports of a gateway decides how its own settings are written: it has profiles that ports
 * share. False where nothing can be written.
 */
export function portsDecideGateway(driverId: string, unit: ConfiguredUnit): boolean {
  const driver = driverById(driverId);
  if (driver === undefined) return false;
  const layout = layoutFor(driver, unit);
  return !isRefused(layout) && layout.profiles !== undefined;
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
