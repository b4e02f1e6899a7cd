import type { LineDeviceClass } from './vocabulary.ts';

/**
 * Lines on which a life or a building depends: their faults outrank all others, and no action interrupts them without a
 * confirmation.
 */
export const LIFE_SAFETY: ReadonlySet<LineDeviceClass> = new Set(['alarm-panel', 'lift-phone']);

/** Whether a life or a building depends on a line with this device. */
export function isLifeSafety(device: LineDeviceClass | null): boolean {
  return device !== null && LIFE_SAFETY.has(device);
}
