import type { ConfigChange } from '@loopstart/contracts';
import type { ConfigBenchOptions } from '../../../src/testing/config-bench.ts';

/** A change as the bench tries it, and whether the gateway works with it. */
export interface TriedChange {
  readonly works: boolean;
  /** From the unit's own settings. */
  changes(settings: Readonly<Record<string, string>>): ConfigChange[];
}

/** A simulated unit of one vendor, and the changes that are tried on it. */
export interface BenchUnit {
  readonly name: string;
  readonly options: ConfigBenchOptions;
  /** It reports no registration, so a person accepts its read-back as the proof. */
  readonly acceptsReadBack: boolean;
  /** Why its lines may be disturbed although it does not show whether they are idle; null: it shows it. */
  readonly overrideReason: string | null;
  readonly tried: Readonly<Record<string, TriedChange>>;
  /** The unit's own name and text of a setting that a change names. */
  own(key: string, value: string): readonly [key: string, value: string];
}

export const set = (key: string, value: string): ConfigChange => ({ kind: 'set', key, value });
export const SERVERS = ['sip.example.net', 'new.example.net'] as const;
export const otherServer = (is: string | undefined) => (is?.includes(SERVERS[0]) === true ? SERVERS[1] : SERVERS[0]);
export const ACCOUNTS = ['2001', '2002', '2003', '2004'].map((user) => ({ user, password: `secret-${user}` }));
const WITNESS = {
  name: 'witness',
  driver: 'grandstream-ht',
  model: 'HT802',
  macAddress: '00:0b:82:00:00:02',
  ports: [{}, {}],
};
/** Enough telephoning that changes find lines in use. */
const PACE = 2;
export const site = { accounts: ACCOUNTS, witness: WITNESS, pace: PACE };
export const toggled = (text: string) => (text.endsWith('x') ? text.slice(0, -1) : `${text}x`);
