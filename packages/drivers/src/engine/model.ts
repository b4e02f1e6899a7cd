import type { EVIDENCE, PortInfo } from '@loopstart/contracts';
import type { CapabilityField } from '@loopstart/domain';
import type { Oid } from '@loopstart/snmp';

/** Evidence for the reading of a model. */
export type Evidence = (typeof EVIDENCE)[number];

/** A model that the driver knows by name. */
export interface ModelSpec {
  readonly name: string;
  readonly fxs: number;
  readonly fxo: number;
  readonly sysObjectId: Oid | null;
  /** What a unit of this model reports about itself, for the simulator. */
  readonly sysDescr: string;
  readonly firmware: string | null;
  /** 'recording' where a recorded walk of this very model is in the tests; absent: by the MIB texts alone. */
  readonly evidence?: 'recording';
  /** Fields that this recording proves; the other fields of the driver are from the MIB texts. */
  readonly proven?: readonly CapabilityField[];
}

/** What the system group reports of the unit (SNMPv2-MIB). */
export interface SystemTexts {
  sysDescr: string | null;
  sysName: string | null;
}

/** The facts by which a model is named. */
export interface ModelContext extends SystemTexts {
  sysObjectId: string | null;
  /** Text of the driver's `modelText` sources, null where none answered. */
  modelText: string | null;
  ports: readonly Pick<PortInfo, 'kind'>[];
}

/**
 * The model for a unit in a table of sysObjectIDs. Where several models of a family share one, the number of ports
 * decides; null where that does not leave exactly one.
 */
export function modelByObjectId(
  models: readonly ModelSpec[],
  { sysObjectId, ports }: Pick<ModelContext, 'sysObjectId' | 'ports'>,
): string | null {
  const family = models.filter((known) => known.sysObjectId !== null && known.sysObjectId === sysObjectId);
  return only(family) ?? only(family.filter(({ fxs, fxo }) => fxs + fxo === ports.length));
}

const only = (models: readonly ModelSpec[]) => (models.length === 1 ? (models[0]?.name ?? null) : null);

/** The model with exactly this name, in any case; null where the table has none. */
export function modelByName(models: readonly ModelSpec[], name: string | null): string | null {
  const wanted = name?.toLowerCase();
  return models.find((known) => known.name.toLowerCase() === wanted)?.name ?? null;
}
