#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ControlServer } from './fleet/control-server.ts';
import { SimFleet } from './fleet/sim-fleet.ts';
import { SimSpecError, type SimFleetInput } from './fleet/spec.ts';

const USAGE = `Simulated gateways.

  fleet <spec.json> [--control-port N]     runs a fleet; --control-port 0 takes any free port
  record <file.snmprec> [--port N] [--address A] [--community C]
                                           answers SNMP from a recording
  fault <control-url> <gateway> <port|-> <kind|restore>
                                           breaks or mends a port, "-" the gateway itself`;

/** A wrong command line; the message says what is right. */
class UsageError extends Error {}

function readArgs(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'control-port': { type: 'string', default: '0' },
        port: { type: 'string', default: '0' },
        address: { type: 'string', default: '127.0.0.1' },
        community: { type: 'string', default: 'public' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = readArgs(args);
  const [command, first, ...rest] = positionals;
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (command === 'fleet' && first !== undefined && rest.length === 0) {
    await runFleet(await readSpec(first), portIn(values['control-port'], '--control-port'));
  } else if (command === 'record' && first !== undefined && rest.length === 0) {
    const { address, community } = values;
    await runFleet(recordingFleet(first, address, portIn(values.port, '--port'), community), null);
  } else if (command === 'fault' && first !== undefined && rest.length === 3) {
    await orderFault(first, rest[0] ?? '', rest[1] ?? '', rest[2] ?? '');
  } else {
    throw new UsageError(USAGE);
  }
}

function portIn(text: string, option: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`${option} must be a port number, not "${text}".`);
  }
  return port;
}

async function readSpec(path: string): Promise<SimFleetInput> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as SimFleetInput;
  } catch (error) {
    const why = error instanceof SyntaxError ? `it is not JSON: ${error.message}` : (error as Error).message;
    throw new SimSpecError('', `The description ${path} cannot be read: ${why}.`);
  }
}

function recordingFleet(path: string, address: string, port: number, community: string): SimFleetInput {
  const gateway = {
    name: 'recording',
    address,
    port,
    access: { version: 'v2c' as const, community },
    recording: path,
  };
  return { customers: [{ name: 'Recording', sites: [{ name: 'Recording', timeZone: 'UTC', gateways: [gateway] }] }] };
}

async function runFleet(spec: SimFleetInput, controlPort: number | null): Promise<void> {
  // Registered first: a signal that arrives while the fleet starts must not be lost.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const fleet = await SimFleet.create(spec, { onProblem: (sentence) => console.error(sentence) });
  await fleet.start();
  const control = new ControlServer(fleet);
  try {
    for (const { name, endpoint, living } of fleet.gateways) {
      console.log(`${name} (${living.plan.model.name}) answers at ${endpoint?.address}:${endpoint?.port}`);
    }
    if (controlPort !== null) console.log(`control: ${(await control.listen(controlPort)).url}`);
    await stopped;
  } finally {
    await control.close();
    await fleet.stop();
  }
}

async function orderFault(controlUrl: string, gateway: string, port: string, kind: string): Promise<void> {
  if (port !== '-' && !/^\d{1,3}$/.test(port)) throw new UsageError(`The port must be a number or "-", not "${port}".`);
  const place = { gateway, port: port === '-' ? null : Number(port) };
  const order = kind === 'restore' ? { ...place, on: false } : { ...place, fault: kind, on: true };
  let response: Response;
  try {
    response = await fetch(new URL('/faults', controlUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
  } catch {
    throw new UsageError(`Nothing answers at ${controlUrl}; is the fleet running?`);
  }
  const answer = (await response.json()) as { error?: string; faults?: { kind: string; port: number | null }[] };
  if (!response.ok) throw new SimSpecError('', answer.error ?? `The fleet answered ${response.status}.`);
  const faults = answer.faults ?? [];
  const described = faults.map((fault) => (fault.port === null ? fault.kind : `${fault.kind} on port ${fault.port}`));
  console.log(described.length === 0 ? `${gateway} is well.` : `${gateway} now has: ${described.join(', ')}.`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof SimSpecError || error instanceof UsageError;
  console.error(expected ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
