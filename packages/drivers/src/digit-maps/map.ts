import type { AudioCodesMap } from './audiocodes/map.ts';
import type { CiscoIosMap } from './cisco-ios/map.ts';
import type { CiscoSpaMap } from './cisco-spa/map.ts';
import type { EltexMap } from './eltex/map.ts';
import type { GrandstreamMap } from './grandstream/map.ts';
import type { MediatrixMap } from './mediatrix/map.ts';
import type { PattonMap } from './patton/map.ts';
import type { VegaMap } from './vega/map.ts';

/** What a gateway is given for dialling, in its own language. Plain data. */
export type DigitMap =
  | AudioCodesMap
  | GrandstreamMap
  | CiscoSpaMap
  | CiscoIosMap
  | PattonMap
  | MediatrixMap
  | VegaMap
  | EltexMap;

export const DIGIT_MAP_LANGUAGES = [
  'audiocodes',
  'grandstream',
  'cisco-spa',
  'cisco-ios',
  'patton',
  'mediatrix',
  'vega',
  'eltex',
] as const satisfies readonly DigitMap['language'][];
export type DigitMapLanguage = (typeof DIGIT_MAP_LANGUAGES)[number];
