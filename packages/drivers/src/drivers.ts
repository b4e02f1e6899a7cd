import type { Driver } from './engine/driver.ts';
import { audiocodes } from './vendors/audiocodes/audiocodes.driver.ts';
import { ciscoIos } from './vendors/cisco/cisco-ios.driver.ts';
import { ciscoSpa } from './vendors/cisco/cisco-spa.driver.ts';
import { eltexTauSmall } from './vendors/eltex/eltex-tau-small.driver.ts';
import { eltexTau } from './vendors/eltex/eltex-tau.driver.ts';
import { generic } from './vendors/generic/generic.driver.ts';
import { grandstreamGxw, grandstreamHt } from './vendors/grandstream/grandstream.driver.ts';
import { mediatrixDgw } from './vendors/mediatrix/mediatrix-dgw.driver.ts';
import { mediatrixSip } from './vendors/mediatrix/mediatrix-sip.driver.ts';
import { patton } from './vendors/patton/patton.driver.ts';
import { sangoma } from './vendors/sangoma/sangoma.driver.ts';

export { generic };

/** Every driver: vendors first, the generic one last. One line a driver. */
export const drivers: readonly Driver[] = [
  audiocodes,
  ciscoIos,
  ciscoSpa,
  eltexTau,
  eltexTauSmall,
  grandstreamGxw,
  grandstreamHt,
  mediatrixDgw,
  mediatrixSip,
  patton,
  sangoma,
  generic,
];

export function driverById(id: string): Driver | undefined {
  return drivers.find((driver) => driver.id === id);
}
