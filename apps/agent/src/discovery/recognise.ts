import {
  driverById,
  identify,
  IDENTIFY_SCALARS,
  interpretInventory,
  inventoryPlan,
  type Driver,
  type Identity,
  type Problem,
} from '@loopstart/drivers';
import type { Oid, SnmpTarget, SnmpValue } from '@loopstart/snmp';
import { executePlan, isUnread, type ReadMemory, type SnmpReader } from '../transport/snmp/read-plan.ts';

/** snmpEngineID.0 (SNMP-FRAMEWORK-MIB, RFC 3411). */
const SNMP_ENGINE_ID: Oid = '1.3.6.1.6.3.10.2.1.1.0';
/** sysUpTime.0 (RFC 3418), hundredths of a second. */
const SYS_UP_TIME: Oid = '1.3.6.1.2.1.1.3.0';

function engineIdIn(value: SnmpValue | undefined): string | null {
  if (value?.type !== 'octets' || value.value.length === 0 || value.value.length > 32) return null;
  return Buffer.from(value.value).toString('hex');
}

function uptimeIn(value: SnmpValue | undefined): number | null {
  return value?.type === 'timeticks' ? value.value / 100 : null;
}

/** A gateway as its driver found it. */
export interface Recognised {
  driver: Driver;
  unknownHardware: boolean;
  identity: Identity;
  problems: Problem[];
  /** Whether every request was answered, if only with "no such object". */
  complete: boolean;
  /** Whether the list of ports was read to its end. */
  portsComplete: boolean;
  /** sysUpTime, s; null where it is not reported. */
  uptimeS: number | null;
}

/**
 * Finds the driver for the device at an address and reads its identity. Where the identification could not be read
 * completely, the known driver is used: one missing object does not make a gateway unknown hardware. Rejects with
 * SnmpError where nothing answers.
 */
export async function recognise(
  client: SnmpReader,
  target: SnmpTarget,
  memory: ReadMemory,
  knownDriverId: string | null = null,
): Promise<Recognised> {
  const { varbinds, failures } = await client.read(target, [...IDENTIFY_SCALARS, SNMP_ENGINE_ID], memory.sizer);
  const [failure] = failures;
  if (failure !== undefined && varbinds.length === 0) throw failure.error;
  const scalars = new Map(varbinds.map(({ oid, value }) => [oid, value]));
  const found = identify(scalars);
  const known = failure !== undefined && knownDriverId !== null ? driverById(knownDriverId) : undefined;
  const driver = known ?? found.driver;
  const unknownHardware = known === undefined ? found.unknownHardware : false;
  const { answers, problems, unread } = await executePlan(client, target, inventoryPlan(driver), memory);
  const identity = interpretInventory(driver, answers);
  return {
    driver,
    unknownHardware,
    identity: { ...identity, gateway: { ...identity.gateway, engineId: engineIdIn(scalars.get(SNMP_ENGINE_ID)) } },
    problems: [...problems, ...identity.problems],
    complete: unread.size === 0 && failures.length === 0,
    uptimeS: uptimeIn(scalars.get(SYS_UP_TIME)),
    portsComplete: !driver.ports.rows.kinds.some(({ oid }) => isUnread(unread, oid)),
  };
}
