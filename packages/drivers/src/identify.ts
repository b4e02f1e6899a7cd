import type { Oid, SnmpValue } from '@loopstart/snmp';
import { oidStartsWith } from '@loopstart/snmp';
import { drivers, generic } from './drivers.ts';
import type { Driver } from './engine/driver.ts';
import { NOBODYS_OBJECT_IDS, SYSTEM } from './engine/standard.ts';
import { isAnswer, textIn } from './engine/values.ts';

/**
 * The objects to read at an unknown address: the system group and every driver's probe. Read together or one by one.
 */
export const IDENTIFY_SCALARS: Oid[] = [
  ...Object.values(SYSTEM),
  ...new Set(drivers.flatMap(({ match }) => match.probes ?? [])),
];

/**
 * The driver of a gateway, from the answers to `IDENTIFY_SCALARS`. sysObjectID decides; where it names no vendor, the
 * gateway's description; else an answered probe. Unknown hardware gets the generic driver.
 */
export function identify(scalars: Map<Oid, SnmpValue>): { driver: Driver; unknownHardware: boolean } {
  const driver = byObjectId(scalars) ?? byDescription(scalars) ?? byProbe(scalars);
  return { driver: driver ?? generic, unknownHardware: driver === undefined };
}

/** The driver with the longest subtree around the gateway's sysObjectID. */
function byObjectId(scalars: Map<Oid, SnmpValue>): Driver | undefined {
  const objectId = objectIdIn(scalars);
  if (objectId === null) return undefined;
  let best: { driver: Driver; length: number } | undefined;
  for (const driver of drivers) {
    for (const prefix of driver.match.sysObjectIds ?? []) {
      if (oidStartsWith(objectId, prefix) && prefix.length > (best?.length ?? 0))
        best = { driver, length: prefix.length };
    }
  }
  return best?.driver;
}

function byDescription(scalars: Map<Oid, SnmpValue>): Driver | undefined {
  const objectId = objectIdIn(scalars);
  if (objectId !== null && !NOBODYS_OBJECT_IDS.some((prefix) => oidStartsWith(objectId, prefix))) return undefined;
  const description = scalars.get(SYSTEM.sysDescr);
  const text = description && textIn(description);
  return text === undefined ? undefined : drivers.find(({ match }) => match.sysDescr?.test(text) ?? false);
}

function byProbe(scalars: Map<Oid, SnmpValue>): Driver | undefined {
  return drivers.find(({ match }) => match.probes?.some((oid) => isAnswer(scalars.get(oid))) ?? false);
}

function objectIdIn(scalars: Map<Oid, SnmpValue>): Oid | null {
  const value = scalars.get(SYSTEM.sysObjectId);
  return value?.type === 'oid' ? value.value.replace(/^\./, '') : null;
}
