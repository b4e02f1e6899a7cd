import type { FaultReason, OperState, RegistrationState } from '../../line/vocabulary.ts';
import type { Refusal } from '../../action/permission/refusals.ts';

/** The state of one line that a change must not worsen; null is unknown. */
export interface LineFact {
  /** 1-based number as printed on the device. */
  position: number;
  registration: RegistrationState | null;
  oper: OperState | null;
  fault: FaultReason | null;
}

/**
 * What answers at the address of the gateway. `other`: another device. `other-model`: it, with another model or firmware.
 * `unknown`: it did not give what it is recognised by.
 */
export type FoundIdentity = 'same' | 'other' | 'other-model' | 'unknown';

/** The other gateways of the site that were registered before the change, counted by their registration now. */
export interface OtherGateways {
  registered: number;
  lost: number;
  unknown: number;
}

/** What is known of the site beside the gateway; null is unknown. */
export interface SiteFacts {
  others: OtherGateways;
  /** Whether the SIP server that the gateway is to register with answers the agent. */
  sipServerAnswers: boolean | null;
  brokerReachable: boolean | null;
}

/** A fresh reading of the gateway and of its site. */
export interface ApplyObservation extends SiteFacts {
  /** Whether the gateway answers SNMP; its lines are null where it does not. */
  answers: boolean;
  identity: FoundIdentity;
  lines: readonly LineFact[] | null;
  /** Why the lines of the gateway must not be disturbed; null: they may. */
  refusal: Refusal | null;
  /** `taken`: another of the group is being changed. `peer-out`: another of the group is not known to be in service. */
  group: 'free' | 'taken' | 'peer-out';
  firmware: string | null;
}

/** A comparison of owned keys; `cannot-tell` is neither equal nor different. */
export type Compared = 'equal' | 'different' | 'cannot-tell';

/** What a read-back of the configuration shows. */
export interface ReadBack {
  /** Against what was written, and against what was there before. */
  after: Compared;
  before: Compared;
  /** Whether all that emergency calls need is there. */
  emergencyComplete: boolean;
  /** Some secrets are hidden, so that only a registration proves them. */
  secretsHidden: boolean;
}
