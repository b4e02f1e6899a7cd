import type { Capabilities } from '@loopstart/contracts';
import {
  ACTION_TYPES,
  CAPABILITY_FIELDS,
  type ActionType,
  type CapabilityField,
  type ConditionKind,
} from '@loopstart/domain';
import { blindSpots } from './engine/blind-spots.ts';
import { evidenceFor, provenFields, supportedFields } from './engine/capabilities.ts';
import type { Driver } from './engine/driver.ts';
import type { Evidence } from './engine/model.ts';
import type { Offer } from './engine/offer.ts';
import { actionRules } from './engine/slices/actions.ts';
import { driverById, drivers } from './drivers.ts';

/** The published description of a driver: the capability matrix, without its decoders. */
export interface DriverMetadata {
  id: string;
  vendor: string;
  models: {
    name: string;
    fxs: number;
    fxo: number;
    evidence: Evidence;
    /** Fields that a recording of this model proves. */
    proven: readonly CapabilityField[];
  }[];
  revision: number;
  evidence: Evidence;
  /** `measured` where a recording of a unit with analogue ports proves it, `unproven` where only the MIB names it. */
  capabilities: Capabilities;
  actions: ActionType[];
  /** Models and firmware that an action is limited to; actions that every unit offers are not listed. */
  actionOffers: Partial<Record<ActionType, Offer>>;
  /** Conditions that its gateways cannot report. */
  cannotTell: ConditionKind[];
  /** The evidence in plain words. */
  maturityNote: string;
}

/** The capability matrix of all drivers, vendor drivers first and the generic one last. */
export function driverMetadata(): DriverMetadata[] {
  return drivers.map(metadataOf);
}

function metadataOf(driver: Driver): DriverMetadata {
  const supported = supportedFields(driver);
  const actions = actionRules(driver);
  const shown = provenFields(driver);
  const capability = (field: CapabilityField) =>
    !supported.has(field) ? 'not-supported' : shown.has(field) ? 'measured' : 'unproven';
  return {
    id: driver.id,
    vendor: driver.vendor,
    models: driver.models.map(({ name, fxs, fxo, proven = [] }) => ({
      name,
      fxs,
      fxo,
      evidence: evidenceFor(driver, name),
      proven,
    })),
    revision: driver.revision,
    evidence: driver.evidence,
    capabilities: Object.fromEntries(CAPABILITY_FIELDS.map((field) => [field, capability(field)])),
    actions: ACTION_TYPES.filter((type) => type in actions),
    actionOffers: Object.fromEntries(
      Object.entries(actions).flatMap(([type, { offer }]) => (offer === undefined ? [] : [[type, offer]])),
    ),
    cannotTell: blindSpots(driver),
    maturityNote: driver.maturityNote,
  };
}

/** Conditions that a unit cannot report, by its driver and by the unit's answers; none for an unknown driver. */
export function cannotTell(driverId: string, capabilities: Capabilities): ConditionKind[] {
  const driver = driverById(driverId);
  return driver === undefined ? [] : blindSpots(driver, capabilities);
}
