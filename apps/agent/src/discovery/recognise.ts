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
import type { SnmpTarget } from '@loopstart/snmp';
import { executePlan, isUnread, type ReadMemory, type SnmpReader } from '../snmp/read-plan.ts';

/** A gateway as its driver found it. */
export interface Recognised {
  driver: Driver;
  unknownHardware: boolean;
  identity: Identity;
  problems: Problem[];
  /** Whether all that was asked was answered, be it with "there is no such object". */
  complete: boolean;
  /** Whether the list of ports was read to its end. */
  portsComplete: boolean;
}

/**
 * Finds the driver for what answers there and reads what it is. Where not even that could be read whole, the driver by
 * which it was known is taken: an object that is missing once does not make a gateway unknown hardware. Rejects with
 * SnmpError where nothing answers.
 */
export async function recognise(
  client: SnmpReader,
  target: SnmpTarget,
  memory: ReadMemory,
  knownDriverId: string | null = null,
): Promise<Recognised> {
  const { varbinds, failures } = await client.read(target, IDENTIFY_SCALARS, memory.sizer);
  const [failure] = failures;
  if (failure !== undefined && varbinds.length === 0) throw failure.error;
  const found = identify(new Map(varbinds.map(({ oid, value }) => [oid, value])));
  const known = failure !== undefined && knownDriverId !== null ? driverById(knownDriverId) : undefined;
  const driver = known ?? found.driver;
  const unknownHardware = known === undefined ? found.unknownHardware : false;
  const { answers, problems, unread } = await executePlan(client, target, inventoryPlan(driver), memory);
  const identity = interpretInventory(driver, answers);
  return {
    driver,
    unknownHardware,
    identity,
    problems: [...problems, ...identity.problems],
    complete: unread.size === 0 && failures.length === 0,
    portsComplete: !driver.ports.rows.kinds.some(({ oid }) => isUnread(unread, oid)),
  };
}
