import { PattonFirmware } from './patton/patton-firmware.ts';
import { VegaFirmware } from './sangoma/vega-firmware.ts';
import { MediatrixFirmware } from './mediatrix/mediatrix-firmware.ts';
import { CiscoIosFirmware } from './cisco-ios/cisco-ios-firmware.ts';
import { AudioCodesFirmware } from './audiocodes/audiocodes-firmware.ts';
import { CiscoSpaFirmware } from './cisco-spa/cisco-spa-firmware.ts';
import type { Box, Firmware } from './firmware.ts';
import { GrandstreamFirmware } from './grandstream/grandstream-firmware.ts';

const MAKERS: Readonly<Record<string, (box: Box) => Firmware>> = {
  'patton-smartnode': (box) => new PattonFirmware(box),
  'sangoma-vega': (box) => new VegaFirmware(box),
  'mediatrix-dgw': (box) => new MediatrixFirmware(box),
  'cisco-ios': (box) => new CiscoIosFirmware(box),
  audiocodes: (box) => new AudioCodesFirmware(box),
  'cisco-spa': (box) => new CiscoSpaFirmware(box),
  'grandstream-ht': (box) => new GrandstreamFirmware(box),
  'grandstream-gxw': (box) => new GrandstreamFirmware(box),
};

/** The firmware of a driver's gateways. Throws RangeError for a driver that is not in PROVISIONED_DRIVERS. */
export function firmwareOf(driverId: string, box: Box): Firmware {
  const make = MAKERS[driverId];
  if (make === undefined) throw new RangeError(`${driverId} has no provisioning face`);
  return make(box);
}
