/** What one line of a call record reports: a step of the call, or an addition that is no step. */
export const CALL_PHASES = ['start', 'connect', 'end', 'detail'] as const;
export type CallPhase = (typeof CALL_PHASES)[number];

/** `from-line`: the line device calls; `to-line`: it is called. */
export const CALL_DIRECTIONS = ['from-line', 'to-line'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

/** The side that ended a call: the line, or the network behind the gateway. */
export const CALL_SIDES = ['line', 'network'] as const;
export type CallSide = (typeof CALL_SIDES)[number];

/** Forms of call records that are known: a maker's, or that of a telephone system. */
export const CALL_FORMATS = [
  'audiocodes-gateway',
  'audiocodes-sbc',
  'cisco-voipaaa',
  'mediatrix-macros',
  'asterisk-csv',
  'freeswitch-csv',
] as const;
export type CallFormat = (typeof CALL_FORMATS)[number];

/**
 * Why a value of a call is not known. `not-sent`: the record has no such field, or it is empty; `unavailable`: the
 * maker's mark for "not measured" (MOS 127, jitter -1); `invalid-value`: outside what is possible; `unit-not-known`: the
 * number may be seconds or parts of them; `zone-not-known`: a local time without its zone; `not-on-a-line`: the record
 * is of a trunk; `no-such-port`: the gateway has no such port; `base-not-known`: ports may be counted from 0 or 1;
 * `several-lines`: several lines have the number.
 */
export const CALL_NULL_REASONS = [
  'not-sent',
  'unavailable',
  'invalid-value',
  'unit-not-known',
  'zone-not-known',
  'not-on-a-line',
  'no-such-port',
  'base-not-known',
  'several-lines',
] as const;
export type CallNullReason = (typeof CALL_NULL_REASONS)[number];

/** Why a line that is or may be a call record was refused. */
export const CALL_REFUSALS = ['too-long', 'not-text', 'damaged', 'columns', 'no-call-id', 'unknown-type'] as const;
export type CallRefusal = (typeof CALL_REFUSALS)[number];
