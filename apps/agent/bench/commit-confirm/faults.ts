import type { FaultKind } from '@loopstart/sim';
import type { ConfigRequest } from '../../src/configuration/observe-gateway.ts';
import type { ConfigBench } from '../../src/testing/config-bench.ts';
import type { Kill } from '../../src/testing/config-bench/dying-store.ts';
import type { Choices } from './random.ts';

/** One for each run; each begins at a step of the job that is drawn. */
export const FAULTS = [
  'none',
  'agent killed, state on disk',
  'agent killed, state lost',
  'agent killed twice',
  'power cut while it fetches',
  'power cut while it parses',
  'power cut while it writes',
  'power cut at a step',
  'WAN cut',
  'SIP server down',
  'registrations of the gateway lost',
  'broker away',
  'transfer cut',
  'refuses',
  'comes back wrong',
  'forgets its registration',
  'wrong login',
  'wrong NOTIFY login',
  'clock back',
  'clock ahead',
] as const;
export type FaultName = (typeof FAULTS)[number];

/** Faults that end calls themselves. */
export const isPowerCut = (fault: FaultName): boolean => fault.startsWith('power cut');
/** Faults in which the SIP server is away for everybody: only then an outage may be named. */
export const isOutage = (fault: FaultName): boolean => fault === 'WAN cut' || fault === 'SIP server down';

/** Logins that are wrong from the start. */
export function spoilLogin(fault: FaultName, request: ConfigRequest): void {
  if (fault === 'wrong login') request.access = { ...request.access!, password: 'not-it' };
  if (fault === 'wrong NOTIFY login') request.access = { ...request.access!, sip: { user: 'admin', password: 'no' } };
}

export function killsOf(fault: FaultName, atSave: number, { below }: Choices): Kill[] {
  if (!fault.startsWith('agent killed')) return [];
  const first = { atSave, onDisk: fault !== 'agent killed, state lost' };
  if (fault !== 'agent killed twice') return [first];
  return [first, { atSave: atSave + 1 + below(4), onDisk: below(2) === 0 }];
}

const MINUTE_MS = 60_000;

/** Sets a fault on a gateway of the bench, from now on. */
function strike(
  gateway: ConfigBench['gateway'],
  kind: FaultKind,
  more: object = {},
  forMs: number | null = null,
): void {
  gateway.living.setFault({ kind, port: null, delayMs: 1, corruption: 'mixed', ...more }, { forMs });
}

/** Begins the fault of a run. */
export function begin(bench: ConfigBench, fault: FaultName, { below }: Choices): void {
  const { gateway, witness, sipServer, broker } = bench;
  const atByte = below(300);
  switch (fault) {
    case 'power cut while it fetches':
      return strike(gateway, 'power-cut', { phase: 'fetch', atByte });
    case 'power cut while it parses':
      return strike(gateway, 'power-cut', { phase: 'parse' });
    case 'power cut while it writes':
      return strike(gateway, 'power-cut', { phase: 'write' });
    case 'power cut at a step':
      return strike(gateway, 'power-loss', {}, 20_000);
    case 'WAN cut':
    case 'SIP server down': {
      const forMs = MINUTE_MS / 2 + below(15 * MINUTE_MS);
      for (const one of [gateway, ...(witness === null ? [] : [witness])]) strike(one, 'registrar-lost', {}, forMs);
      sipServer.silentUntilMs = bench.now() + forMs;
      if (fault === 'WAN cut') broker.reachable = false;
      return undefined;
    }
    case 'registrations of the gateway lost':
      return strike(gateway, 'registrar-lost', {}, MINUTE_MS / 2 + below(15 * MINUTE_MS));
    case 'broker away':
      broker.reachable = false;
      return undefined;
    case 'transfer cut':
      return strike(gateway, 'transfer-cut', { atByte });
    case 'refuses':
      return strike(gateway, 'provisioning-refuses');
    case 'comes back wrong':
      return strike(gateway, 'comes-back-wrong');
    case 'forgets its registration':
      return strike(gateway, 'forgets-registration');
    case 'clock back':
      return bench.setWallClock(-2 * 60 * MINUTE_MS);
    case 'clock ahead':
      return bench.setWallClock(15 * MINUTE_MS);
    default:
      return undefined;
  }
}

/** Ends every fault, so that what remains is the work of the job. */
export function calm(bench: ConfigBench): void {
  for (const one of [bench.gateway, bench.witness]) one?.living.clearFaults(() => true);
  bench.sipServer.silentUntilMs = 0;
  bench.broker.reachable = true;
}

/** Switches the gateway off and on: what it did not store is gone. */
export function restart({ gateway }: ConfigBench): void {
  strike(gateway, 'reboot', {}, 20_000);
}
