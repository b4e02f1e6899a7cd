import {
  ADMIN_STATES,
  CALL_STATES,
  FAULT_REASONS,
  HOOK_STATES,
  OPER_STATES,
  REGISTRATION_STATES,
} from '../line/vocabulary.ts';

/**
 * Per-port state fields and their vocabularies. A state changes rarely and every change is history.
 * Wire and storage carry the position in the tuple; `null` is unknown.
 */
export const PORT_STATE_FIELDS = {
  admin: ADMIN_STATES,
  oper: OPER_STATES,
  hook: HOOK_STATES,
  call: CALL_STATES,
  registration: REGISTRATION_STATES,
  fault: FAULT_REASONS,
} as const;
export type PortStateField = keyof typeof PORT_STATE_FIELDS;
export const PORT_STATE_FIELD_NAMES = Object.keys(PORT_STATE_FIELDS) as PortStateField[];

/** Per-port measurements: sampled numbers, with unit and plausible bounds (outside them: `invalid-value`). */
export const PORT_MEASURES = {
  lineVoltageV: { unit: 'V', min: -200, max: 200, label: 'Line voltage' },
  loopCurrentMa: { unit: 'mA', min: 0, max: 150, label: 'Loop current' },
  ringVoltageV: { unit: 'V', min: 0, max: 150, label: 'Ring voltage' },
  jitterMs: { unit: 'ms', min: 0, max: 10_000, label: 'Jitter' },
  packetLossPercent: { unit: '%', min: 0, max: 100, label: 'Packet loss' },
} as const;
export type PortMeasure = keyof typeof PORT_MEASURES;
export const PORT_MEASURE_NAMES = Object.keys(PORT_MEASURES) as PortMeasure[];

/** Per-port counters: they only grow until the gateway restarts. */
export const PORT_COUNTERS = {
  callsIn: { unit: '', label: 'Calls in' },
  callsOut: { unit: '', label: 'Calls out' },
  callsFailed: { unit: '', label: 'Calls failed' },
} as const;
export type PortCounter = keyof typeof PORT_COUNTERS;
export const PORT_COUNTER_NAMES = Object.keys(PORT_COUNTERS) as PortCounter[];

/** Per-gateway measurements. */
export const GATEWAY_MEASURES = {
  uptimeS: { unit: 's', min: 0, max: 4_294_967_295, label: 'Up time' },
  temperatureC: { unit: '°C', min: -40, max: 150, label: 'Temperature' },
  cpuPercent: { unit: '%', min: 0, max: 100, label: 'CPU' },
  memoryPercent: { unit: '%', min: 0, max: 100, label: 'Memory' },
  activeCalls: { unit: '', min: 0, max: 100_000, label: 'Active calls' },
} as const;
export type GatewayMeasure = keyof typeof GATEWAY_MEASURES;
export const GATEWAY_MEASURE_NAMES = Object.keys(GATEWAY_MEASURES) as GatewayMeasure[];

/** Every field a driver may claim in its capability matrix. */
export type CapabilityField = PortStateField | PortMeasure | PortCounter | GatewayMeasure;
export const CAPABILITY_FIELDS: readonly CapabilityField[] = [
  ...PORT_STATE_FIELD_NAMES,
  ...PORT_MEASURE_NAMES,
  ...PORT_COUNTER_NAMES,
  ...GATEWAY_MEASURE_NAMES,
];

/** A value's code (its position in the tuple), or null for unknown. Throws RangeError on a word outside the tuple. */
export function toCode<T extends string>(vocabulary: readonly T[], value: T | null): number | null {
  if (value === null) return null;
  const code = vocabulary.indexOf(value);
  if (code < 0) throw new RangeError(`"${value}" is not one of ${vocabulary.join(', ')}`);
  return code;
}

/** The value of a code, or null where the code is null or from a newer vocabulary. */
export function fromCode<T extends string>(vocabulary: readonly T[], code: number | null | undefined): T | null {
  return code === null || code === undefined ? null : (vocabulary[code] ?? null);
}
