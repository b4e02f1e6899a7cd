import { audiocodesIni } from './audiocodes/audiocodes-ini.ts';
import { ciscoIos } from './cisco-ios/cisco-ios.ts';
import { ciscoFlatProfile } from './cisco-spa/cisco-flat-profile.ts';
import type { ConfigFormat } from './format.ts';
import { grandstreamXml } from './grandstream/grandstream-xml.ts';
import { mediatrixScript } from './mediatrix/mediatrix-script.ts';
import { pattonSmartware, pattonTrinity } from './patton/patton.ts';
import { sangomaVega } from './sangoma/sangoma-vega.ts';

/** A format whose documents are its own business: what it reads, it alone changes and writes. */
export type AnyConfigFormat = ConfigFormat<unknown>;

/** Every format. Each accepts the files of one signature alone. */
export const CONFIG_FORMATS: readonly AnyConfigFormat[] = [
  audiocodesIni,
  ciscoFlatProfile,
  ciscoIos,
  grandstreamXml,
  mediatrixScript,
  pattonSmartware,
  pattonTrinity,
  sangomaVega,
];
