import type { Driver } from './engine/driver.ts';
import { audiocodes } from './vendors/audiocodes/audiocodes.driver.ts';
import { generic } from './vendors/generic/generic.driver.ts';

export { generic };

/** Every driver: vendors first, the generic one last. One line a driver. */
export const drivers: readonly Driver[] = [audiocodes, generic];

export function driverById(id: string): Driver | undefined {
  return drivers.find((driver) => driver.id === id);
}
