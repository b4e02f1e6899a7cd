import {
  identify,
  IDENTIFY_SCALARS,
  interpretInventory,
  inventoryPlan,
  type Driver,
  type Identity,
  type Problem,
} from '@loopstart/drivers';
import type { SnmpTarget } from '@loopstart/snmp';
import { executePlan, type RowsSeen, type SnmpReader } from '../snmp/read-plan.ts';

/** A gateway as its driver found it. */
export interface Recognised {
  driver: Driver;
  unknownHardware: boolean;
  identity: Identity;
  problems: Problem[];
}

/** Finds the driver for what answers there and reads what it is. Rejects with SnmpError where nothing answers. */
export async function recognise(client: SnmpReader, target: SnmpTarget, rowsSeen: RowsSeen): Promise<Recognised> {
  const answered = await client.get(target, IDENTIFY_SCALARS);
  const { driver, unknownHardware } = identify(new Map(answered.map(({ oid, value }) => [oid, value])));
  const { answers, problems } = await executePlan(client, target, inventoryPlan(driver), rowsSeen);
  const identity = interpretInventory(driver, answers);
  return { driver, unknownHardware, identity, problems: [...problems, ...identity.problems] };
}
