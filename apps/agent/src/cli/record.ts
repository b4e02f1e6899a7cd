import { identify, IDENTIFY_SCALARS, type Driver } from '@loopstart/drivers';
import type { Oid, SnmpClient, SnmpTarget, VarBind } from '@loopstart/snmp';
import { scrub } from './scrub.ts';
import { snmprecLine } from './snmprec.ts';

/** Everything an SNMP agent has (internet, RFC 1155). */
const ROOT: Oid = '1.3.6.1';
const VALUES_MAX = 200_000;

/** Walks a gateway and returns the walk as a recording with everything personal taken out. Rejects with SnmpError. */
export async function record(
  client: SnmpClient,
  target: SnmpTarget,
  secrets: readonly string[],
): Promise<{ text: string; values: number; kept: number; driver: Driver }> {
  const answered = await client.get(target, IDENTIFY_SCALARS);
  const { driver } = identify(new Map(answered.map(({ oid, value }) => [oid, value])));
  const walk: VarBind[] = [];
  for await (const varbind of client.walk(target, ROOT, { valuesMax: VALUES_MAX })) walk.push(varbind);
  const lines = scrub(walk, { secrets, ...sourcesOf(driver) })
    .map(snmprecLine)
    .filter((line) => line !== null);
  return { text: `${lines.join('\n')}\n`, values: walk.length, kept: lines.length, driver };
}

/** Which objects a driver knows to be personal, and which to be technical. */
export function sourcesOf(driver: Driver): { personal: Oid[]; technical: Oid[] } {
  const { gateway, ports } = driver;
  const oids = (...lists: (readonly { oid: Oid }[] | undefined)[]) =>
    lists.flatMap((list) => list ?? []).map(({ oid }) => oid);
  const { codecs } = ports;
  const codecColumns =
    codecs === undefined ? [] : 'column' in codecs ? [codecs.column] : codecs.switches.map(({ source }) => source);
  return {
    personal: oids(
      gateway.serial,
      gateway.macAddress,
      ports.info.name,
      ports.info.number,
      ports.shared?.name,
      ports.shared?.number,
    ),
    technical: oids(
      gateway.modelText,
      gateway.firmware,
      gateway.hardwareRevision,
      gateway.powerSource,
      codecColumns,
      ports.info.impedance,
      ports.info.countryProfile,
      ...Object.values(ports.state),
      ...Object.values(ports.measures ?? {}),
      ...Object.values(gateway.measures ?? {}),
    ),
  };
}
