import type { AdminState, CallState, HookState, LineDeviceClass, PortKind, RegistrationState } from '@loopstart/domain';
import type { Fault, FaultPlan } from '../fault/fault.ts';
import type { Tempo } from './schedule.ts';

/** The constant properties of one line. */
export interface PortProfile {
  readonly kind: PortKind;
  readonly device: LineDeviceClass;
  /** Whether the gateway keeps a SIP registration for this port. */
  readonly registers: boolean;
  readonly seed: number;
}

/** The conditions of a line at one instant: the effect of all faults and locks on it. */
export interface LineCondition {
  /** The loop is fed: not while locked, shut down for heat or a ground fault, without power, or with its feed lost. */
  readonly fed: boolean;
  /** The line device is connected. */
  readonly connected: boolean;
  /** Current flows without a call: a short, or a receiver beside its cradle. */
  readonly stuckOffHook: boolean;
  /** The two wires touch. */
  readonly shorted: boolean;
  /** One wire touches earth. */
  readonly grounded: boolean;
  /** Another source feeds the wires. */
  readonly foreignVoltage: boolean;
  /** The line circuit of the gateway. */
  readonly circuit: 'well' | 'too-hot' | 'failed';
  /** The outcome of a REGISTER; `silent` where the gateway sends none (locked, no power). */
  readonly registrar: 'answers' | 'unreachable' | 'rejects' | 'silent';
}

/**
 * What a line gets by the configuration of its gateway: `as-described` where the simulator keeps no configuration,
 * otherwise the answer of the SIP service to the line's account, `no-account` where there is none to register, or
 * `disabled`, without feed and registration.
 */
export type LineService = 'as-described' | 'accepted' | 'refused' | 'no-answer' | 'no-account' | 'disabled';

/** A value for each pair of tip, ring and ground. */
export interface ByPair {
  readonly tipRing: number;
  readonly tipGround: number;
  readonly ringGround: number;
}

/** The values that an instrument at the line card would measure on one line. */
export interface LineElectrics {
  /** DC voltage between the wires with the feed as it is, and the current of the loop. */
  readonly lineVoltageV: number;
  readonly loopCurrentMa: number;
  readonly ringVoltageV: number;
  /** The voltage that the line card itself can feed, independent of the line. */
  readonly batteryV: number;
  /** With the feed switched off: voltages from elsewhere. */
  readonly foreignTipV: number;
  readonly foreignRingV: number;
  readonly resistanceKohm: ByPair;
  readonly capacitanceUf: ByPair;
}

/** The result of a line test that ended at `endedAt`; how much of it a gateway reports depends on its vendor. */
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
  /** When the next transition of the call is due; Infinity for never. */
  readonly callNextAt: number;
  /** Whether the line device made the current call. */
  readonly outgoing: boolean;
  readonly registration: RegistrationState;
  readonly registrationNextAt: number;
  readonly registeredAt: number | null;
  readonly admin: AdminState;
  /** By the running configuration; kept over a restart until the configuration is read again. */
  readonly service: LineService;
  /** A line test runs until then; Infinity while none runs. */
  readonly testEndsAt: number;
  /** The result of the last line test; null before the first. */
  readonly tested: LineTestOutcome | null;
  readonly callsIn: number;
  readonly callsOut: number;
  readonly callsFailed: number;
  /** State of this line's random stream. */
  readonly random: number;
}

/** The constant properties of a simulated gateway, as far as its lines are affected. */
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
  /** The active faults. */
  readonly active: readonly Fault[];
  /** When the next fault begins or ends. */
  readonly edgeAt: number;
  /** Nothing changes without a command before this time. */
  readonly nextAt: number;
}
