import type { ProvisioningPhase } from '../fault/fault.ts';
import type { DialResult } from './dialling/dial-result.ts';
import type { Cli } from './faces/cli.ts';
import type { Login } from './faces/digest.ts';
import type { HttpHandler } from './faces/http-face.ts';
import type { Pulled, PullOptions } from './faces/transfer.ts';

/** The account of a line, as the unit sends it in REGISTER. */
export interface SipAccount {
  /** `host` or `host:port`. */
  readonly host: string;
  readonly user: string;
  readonly authUser: string;
  readonly password: string;
}

/** One line as the running configuration sets it up; texts are in the unit's own words, null where it has no such key. */
export interface LineSetup {
  readonly enabled: boolean;
  readonly account: SipAccount | null;
  readonly digitMap: string | null;
  readonly callerId: string | null;
  readonly impedance: string | null;
  readonly ringCadence: string | null;
}

/** What is printed on the unit. */
export interface UnitIdentity {
  readonly model: string;
  readonly firmware: string;
  readonly serial: string;
  /** Twelve lower-case hexadecimal digits. */
  readonly mac: string;
  readonly address: string;
  readonly fxs: number;
  readonly seed: number;
}

/** The power went while the unit did something; what it did ends here. */
export class PowerLost extends Error {}

/** The configuration was refused as a whole; the message is the unit's own. */
export class ConfigRefused extends Error {}

/** What the box around a firmware does for it. */
export interface Box {
  readonly unit: UnitIdentity;
  readonly login: Login;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Gets a file. Rejects with PowerLost where the power goes meanwhile. */
  pull(url: string, options?: PullOptions): Promise<Pulled>;
  /** Throws PowerLost where the power is cut in this phase. */
  reach(phase: ProvisioningPhase): void;
  /** Whether it takes no configuration at present. */
  refuses(): boolean;
  /** Of the keys just written, the one that the unit changes by itself; null where it does not. */
  keyToSpoil(written: readonly string[]): string | null;
  reboot(): void;
  /** The running settings have changed; `restarted` where that cuts calls and begins registrations again. */
  applied(restarted?: boolean): void;
  /** Whether no line is off hook or rings. */
  idle(): boolean;
  /** Goes on in the background; a lost power ends it silently. */
  background(work: () => Promise<void>): void;
}

/** The software of one vendor's unit: its settings, running and saved, and what its faces do. */
export interface Firmware {
  /** The running settings under the unit's own key names. */
  settings(): ReadonlyMap<string, string>;
  /** Its FXS lines, in the order of the ports. */
  lines(): readonly LineSetup[];
  /** Makes this configuration the saved one, as the factory would. Throws ConfigRefused. */
  preset(text: string): void;
  /** After power came: the running settings are the saved ones. */
  powerUp(): void;
  /** Once it has started: gets its configuration, where it is set up to. */
  started?(): Promise<void>;
  /** Called now and then, and after each change of the lines: deadlines, waiting for idle lines. */
  tick?(): void;
  /** The number that a line sends when somebody dials these digits, where the simulator evaluates the language. */
  dial?(line: LineSetup, digits: string): DialResult;
  /** The administrator's login now; absent: as described for the gateway. */
  login?(): Login;
  openCli?(): Cli;
  readonly http?: HttpHandler;
  /** SIP NOTIFY with this event; `notifyLogin` is null where the unit does not challenge. */
  notified?(event: string): void;
  notifyLogin?(): Login | null;
}

/** Reverses what a value says, for a unit that changes it by itself. */
export function spoilt(value: string): string {
  if (/^(Yes|No)$/.test(value)) return value === 'Yes' ? 'No' : 'Yes';
  if (/^\d{1,9}$/.test(value)) return String(Number(value) + 1);
  return `${value}x`;
}
