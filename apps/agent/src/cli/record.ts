import { identify, IDENTIFY_SCALARS, type Driver } from '@loopstart/drivers';
import { SnmpError, type Oid, type SnmpClient, type SnmpTarget, type VarBind } from '@loopstart/snmp';
import { KEPT, scrub } from './scrub.ts';
import { snmprecLine } from './snmprec.ts';

const VALUES_MAX = 200_000;

/** Where the walk of a part ended early, and why. */
export interface WalkEnd {
  root: Oid;
  /** The last object that was read; null: not even the first. */
  after: Oid | null;
  why: string;
}

export interface Recording {
  text: string;
  values: number;
  kept: number;
  driver: Driver;
  /** Parts that were not read to their end; what was read of them is in the text. */
  ends: WalkEnd[];
}

/**
 * Walks the parts of a gateway that a driver may read and returns the walk as a recording without personal data. A part
 * that ends early does not end the others. Rejects with SnmpError where nothing is answered.
 */
export async function record(client: SnmpClient, target: SnmpTarget, secrets: readonly string[]): Promise<Recording> {
  const { varbinds, failures } = await client.read(target, IDENTIFY_SCALARS);
  const [failure] = failures;
  if (failure !== undefined && varbinds.length === 0) throw failure.error;
  const { driver } = identify(new Map(varbinds.map(({ oid, value }) => [oid, value])));
  const walk: VarBind[] = [];
  const ends: WalkEnd[] = [];
  for (const root of KEPT) {
    const before = walk.length;
    try {
      const valuesMax = VALUES_MAX - before;
      for await (const varbind of client.walk(target, root, { valuesMax })) walk.push(varbind);
    } catch (error) {
      if (!(error instanceof SnmpError)) throw error;
      ends.push({ root, after: walk.length === before ? null : (walk.at(-1)?.oid ?? null), why: error.message });
    }
  }
  const lines = scrub(walk, { secrets, addresses: [target.host], ...sourcesOf(driver) })
    .map(snmprecLine)
    .filter((line) => line !== null);
  return { text: `${lines.join('\n')}\n`, values: walk.length, kept: lines.length, driver, ends };
}

/** Reports what was read, and where it ended, one line each. */
export function describeRecording({ values, kept, driver, ends }: Recording, output: string): string {
  return [
    `Read ${values} values, wrote ${kept} to ${output} (driver ${driver.id}).`,
    ...ends.map(
      ({ root, after, why }) =>
        `The walk of ${root} ended ${after === null ? 'before its first object' : `after ${after}`}: ${why}. What was read before that is in the file.`,
    ),
    'Names, numbers, addresses and secrets were taken out; look through it before you give it away.',
  ].join('\n');
}

/** The objects that a driver knows as personal, and as technical. */
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
      ...(gateway.textResolvers ?? []).map(({ columns }) => columns),
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
