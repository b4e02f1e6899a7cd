import type { LineDeviceClass } from '../line/vocabulary.ts';

/** Bounds of normal values, in the unit of the value's name; either may be absent. */
export interface Normal {
  readonly min?: number;
  readonly max?: number;
}

/**
 * GR-909 (Telcordia; as in Silicon Labs AN273 and InnoMedia's manual): more than 10 V AC or 6 V DC on a wire is a
 * foreign voltage, more than 50 V AC or 135 V DC a hazard, less than 150 kΩ a resistive fault. Gateways do not say
 * whether they mean AC or DC, so the lower bound of the two holds.
 */
export const FOREIGN_VOLTAGE_V = 6;
export const HAZARDOUS_VOLTAGE_V = 50;
export const LEAK_KOHM = 150;
/** Below this resistance the wires touch, or a receiver is off the hook (100 to 1000 Ω). */
export const SHORT_KOHM = 1;
/** Below this capacitance there is only the cable: 40 to 50 nF a kilometre. */
export const NOTHING_CONNECTED_UF = 0.05;
/** Maximum current of a line whose receiver is on the hook. */
export const IDLE_CURRENT_MA = 3;

/** Voltage between the wires of a line on hook, V. Gateways that save power feed 24 V, most feed 48 V. */
const ANY_GATEWAY: Normal = { min: 20, max: 57 };
const FULL_FEED: Normal = { min: 40, max: 57 };
/** Models of which the feed is known to be 48 V. */
const FULL_FEED_MODELS = /^(MP-1\d\d|Mediant|TAU-|FXS-72)/;

export function idleVoltage(model: string | null): Normal {
  return model !== null && FULL_FEED_MODELS.test(model) ? FULL_FEED : ANY_GATEWAY;
}

/** Devices with a ringer, 0.3 to 5 REN: they have a capacitance of their own. */
const WITH_RINGER: ReadonlySet<LineDeviceClass> = new Set<LineDeviceClass>(['phone', 'fax', 'card-terminal', 'modem']);

/** The normal capacitance between the wires for the device of the line; null where any value may be normal. */
export function deviceCapacitance(device: LineDeviceClass): Normal | null {
  if (device === 'unused') return { max: NOTHING_CONNECTED_UF };
  return WITH_RINGER.has(device) ? { min: NOTHING_CONNECTED_UF } : null;
}

/** Some panels and door stations close their loop with a resistor: for them a leak between the wires may be normal. */
export function mayHaveResistor(device: LineDeviceClass): boolean {
  return device === 'alarm-panel' || device === 'door-entry' || device === 'unknown';
}

export function isWithin(value: number, { min, max }: Normal): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max);
}

/** "40 to 57 V", "at least 150 kΩ", "at most 6 V". */
export function normalWords({ min, max }: Normal, unit: string): string {
  if (min === undefined) return `at most ${max} ${unit}`;
  return max === undefined ? `at least ${min} ${unit}` : `${min} to ${max} ${unit}`;
}
