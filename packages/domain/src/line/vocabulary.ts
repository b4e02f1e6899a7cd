/**
 * The vocabulary of analogue telephony. Each value is defined in one tuple only.
 *
 * The position of a value in its tuple is its code on the wire and in the database, so these tuples are append-only:
 * never reorder, never remove. Unknown is `null`, never a member.
 */

/** Kind of an analogue interface. FXS feeds a line device; FXO acts as a telephone on an exchange line. */
export const PORT_KINDS = ['fxs', 'fxo'] as const;
export type PortKind = (typeof PORT_KINDS)[number];

/** Whether an operator allows service on the port (ITU-T X.731 administrative state). */
export const ADMIN_STATES = ['unlocked', 'shutting-down', 'locked'] as const;
export type AdminState = (typeof ADMIN_STATES)[number];

/** Whether the port can give service (ITU-T X.731 operational state, plus testing of RFC 2863). */
export const OPER_STATES = ['in-service', 'out-of-service', 'testing'] as const;
export type OperState = (typeof OPER_STATES)[number];

/** Whether loop current flows: the receiver is lifted (`off-hook`) or not (`on-hook`). */
export const HOOK_STATES = ['on-hook', 'off-hook'] as const;
export type HookState = (typeof HOOK_STATES)[number];

/** Call state of the line. `in-use` is for gateways that only distinguish idle from busy. */
export const CALL_STATES = [
  'idle',
  'dialling',
  'ring-back',
  'ringing',
  'talking',
  'hold',
  'busy-tone',
  'conference',
  'receiver-off-hook',
  'in-use',
  'seizing',
] as const;
export type CallState = (typeof CALL_STATES)[number];

/** SIP registration of the port's user (RFC 3261 section 10). `not-used`: the port does not register. */
export const REGISTRATION_STATES = [
  'registered',
  'registering',
  'unregistered',
  'auth-failed',
  'rejected',
  'unreachable',
  'not-used',
] as const;
export type RegistrationState = (typeof REGISTRATION_STATES)[number];

/** The physical or logical fault of a port. `none`: a healthy port of a model that reports faults. */
export const FAULT_REASONS = [
  'none',
  'no-line-device',
  'short-circuit',
  'ground-fault',
  'foreign-voltage',
  'over-temperature',
  'thermal-shutdown',
  'over-current',
  'hardware-failure',
  'ring-failure',
  'no-exchange-line',
  'line-test-failed',
  'link-down',
] as const;
export type FaultReason = (typeof FAULT_REASONS)[number];

/** The connected device. Decides severity, test interval, upgrade order and lock policy. */
export const LINE_DEVICE_CLASSES = [
  'phone',
  'fax',
  'alarm-panel',
  'lift-phone',
  'door-entry',
  'paging',
  'card-terminal',
  'modem',
  'unused',
  'unknown',
] as const;
export type LineDeviceClass = (typeof LINE_DEVICE_CLASSES)[number];

/** How a seizure is signalled on the loop. */
export const SIGNALLING = ['loop-start', 'ground-start', 'polarity-reversal'] as const;
export type Signalling = (typeof SIGNALLING)[number];

/** Power source of a gateway, where it is reported. */
export const POWER_SOURCES = ['mains', 'battery', 'poe', 'redundant', 'dc'] as const;
export type PowerSource = (typeof POWER_SOURCES)[number];

/** Why a value is null. A null without a reason is a defect. */
export const NULL_REASONS = [
  'not-supported',
  'not-answered',
  'invalid-value',
  'not-applicable',
  'not-while-in-use',
  'never-read',
  'agent-silent',
  'gateway-unreachable',
] as const;
export type NullReason = (typeof NULL_REASONS)[number];
