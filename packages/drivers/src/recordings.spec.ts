import { fromCode, PORT_STATE_FIELDS, PORT_STATE_FIELD_NAMES } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { drivers } from './drivers.ts';
import { readAll, recording, recordingNames } from './testing/support.ts';

const absent = recordingNames.length === 0;
if (absent) console.warn('skipped: recordings absent (../shared/recordings)');

/** Unique to one unit or its owner: not in the golden files. */
const scrub = (text: string | null) => (text === null ? null : `(${text.length} characters)`);

/** A reading in words, without the names of the recorded unit. */
function golden(name: string) {
  const { driver, unknownHardware, gateway, ports, capabilities, actions, evidence, problems, poll } = readAll(
    recording(name),
  );
  return {
    driver: driver.id,
    unknownHardware,
    evidence,
    gateway: {
      ...gateway,
      // Where only the description names the model, it may also contain the owner's host name.
      model: unknownHardware ? scrub(gateway.model) : gateway.model,
      serial: scrub(gateway.serial),
      hardwareRevision: scrub(gateway.hardwareRevision),
      macAddress: scrub(gateway.macAddress),
      sysName: scrub(gateway.sysName),
      sysDescr: scrub(gateway.sysDescr),
    },
    capabilities,
    actions,
    ports: ports.map((port, at) => ({
      ...port,
      name: scrub(port.name),
      // An interface's name may contain the name of the connected line.
      portKey: port.portKey?.startsWith('index:') === true ? port.portKey : port.portKey?.split(':')[0],
      number: scrub(port.number),
      state: Object.fromEntries(
        PORT_STATE_FIELD_NAMES.map((field) => [
          field,
          fromCode<string>(PORT_STATE_FIELDS[field], poll.state[field][at]),
        ]),
      ),
    })),
    measures: poll.gatewayMeasures,
    nulls: poll.nulls,
    problems: [...problems, ...poll.problems],
  };
}

/** One line a fact and one a port, so that a change shows as a change of one line. */
function lines(reading: Readonly<Record<string, unknown>>): string {
  const found: string[] = [];
  for (const [name, value] of Object.entries(reading)) {
    if (!Array.isArray(value)) found.push(`${name} ${JSON.stringify(value)}`);
    else value.forEach((entry, at) => found.push(`${name}[${at}] ${JSON.stringify(entry)}`));
  }
  return `${found.join('\n')}\n`;
}

describe.skipIf(absent)('recorded walks', () => {
  test.for([...recordingNames])('%s is read as before', async (name) => {
    await expect(lines(golden(name))).toMatchFileSnapshot(`golden/${name}.golden`);
  });

  test('hold no secret and no name of the recorded units in their goldens', () => {
    for (const name of recordingNames) {
      const { gateway, ports } = readAll(recording(name));
      const text = JSON.stringify(golden(name));
      for (const secret of [gateway.serial, gateway.sysName, ...ports.map(({ number }) => number)]) {
        if (secret !== null && secret.length > 3) expect(text, name).not.toContain(`"${secret}"`);
      }
    }
  });

  test.for(drivers.map((driver) => [driver.id, driver] as const))(
    '%s claims as proven exactly what a recording shows',
    ([, driver]) => {
      const shown = new Map<string, string[]>();
      for (const name of recordingNames) {
        const { driver: of, gateway, capabilities } = readAll(recording(name));
        if (of !== driver || gateway.model === null) continue;
        const fields = Object.entries(capabilities).flatMap(([field, state]) => (state === 'measured' ? [field] : []));
        shown.set(gateway.model, [...(shown.get(gateway.model) ?? []), ...fields]);
      }
      for (const { name, evidence, proven = [] } of driver.models) {
        expect([name, [...proven].sort()]).toEqual([
          name,
          evidence === undefined ? [] : (shown.get(name) ?? []).sort(),
        ]);
        expect([name, evidence === 'recording']).toEqual([name, shown.has(name)]);
      }
    },
  );
});
