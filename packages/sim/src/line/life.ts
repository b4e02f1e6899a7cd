import type { AdminState, CallState, HookState, LineDeviceClass, PortKind, RegistrationState } from '@loopstart/domain';
import type { Fault, FaultPlan } from '../fault/fault.ts';
import type { Tempo } from './schedule.ts';

/** What never changes about one line. */
export interface PortProfile {
  readonly kind: PortKind;
  readonly device: LineDeviceClass;
  /** Whether the gateway keeps a SIP registration for this port. */
  readonly registers: boolean;
  readonly seed: number;
}

/** What surrounds a line at one instant: faults and locks boiled down to what the line feels. */
export interface LineCondition {
  /** The loop is fed: not while locked, shut down for heat or a ground fault, without power, or with its feed lost. */
  readonly fed: boolean;
  /** The line device hangs on the wire. */
  readonly connected: boolean;
  /** Current flows although nobody calls: a short, or a receiver beside its cradle. */
  readonly stuckOffHook: boolean;
  /** The two wires touch. */
  readonly shorted: boolean;
  /** One wire touches earth. */
  readonly grounded: boolean;
  /** Another source feeds the wires. */
  readonly foreignVoltage: boolean;
  /** The line circuit of the gateway. */
  readonly circuit: 'well' | 'too-hot' | 'failed';
  /** What a REGISTER would meet; `silent` where the gateway sends none (locked, no power). */
  readonly registrar: 'answers' | 'unreachable' | 'rejects' | 'silent';
}

/** A value for each pair of tip, ring and ground. */
export interface ByPair {
  readonly tipRing: number;
  readonly tipGround: number;
  readonly ringGround: number;
}

/** What an instrument at the line card would find on one line. */
export interface LineElectrics {
  /** DC between the wires with the feed as it is, and the current of the loop. */
  readonly lineVoltageV: number;
  readonly loopCurrentMa: number;
  readonly ringVoltageV: number;
  /** What the line card itself can feed, whatever hangs on the line. */
  readonly batteryV: number;
  /** With the feed taken off: voltages that come from elsewhere. */
  readonly foreignTipV: number;
  readonly foreignRingV: number;
  readonly resistanceKohm: ByPair;
  readonly capacitanceUf: ByPair;
}

/** What a line test that ended at `endedAt` found; what a gateway tells of it is for its maker to say. */
export interface LineTestOutcome {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly hook: HookState;
  readonly circuit: LineCondition['circuit'];
  readonly grounded: boolean;
  readonly electrics: LineElectrics;
}

/** One line at one instant. A new object for each transition; times in ms since the epoch. */
export interface PortLife {
  readonly call: CallState;
  readonly callSince: number;
  /** When the next transition of the call falls; Infinity while nothing will happen by itself. */
  readonly callNextAt: number;
  /** Whether the line device made the present call. */
  readonly outgoing: boolean;
  readonly registration: RegistrationState;
  readonly registrationNextAt: number;
  readonly registeredAt: number | null;
  readonly admin: AdminState;
  /** A line test runs until then; Infinity while none runs. */
  readonly testEndsAt: number;
  /** What the last line test found; null before the first. */
  readonly tested: LineTestOutcome | null;
  readonly callsIn: number;
  readonly callsOut: number;
  readonly callsFailed: number;
  /** State of this line's random stream. */
  readonly random: number;
}

/** What never changes about a simulated gateway, as far as its lines are concerned. */
export interface GatewayProfile {
  readonly seed: number;
  readonly tempo: Tempo;
  readonly ports: readonly PortProfile[];
}

/** A gateway at one instant. Never changed in place: the same object means that nothing happened. */
export interface GatewayLife {
  readonly bootedAt: number;
  readonly boots: number;
  readonly ports: readonly PortLife[];
  readonly plans: readonly FaultPlan[];
  /** The faults that are there now. */
  readonly active: readonly Fault[];
  /** When the next fault comes or goes. */
  readonly edgeAt: number;
  /** Nothing changes by itself before this time. */
  readonly nextAt: number;
}
