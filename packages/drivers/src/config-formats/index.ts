export { audiocodesIni } from './audiocodes/audiocodes-ini.ts';
export { ciscoFlatProfile } from './cisco-spa/cisco-flat-profile.ts';
export { CONFIG_FORMATS, type AnyConfigFormat } from './formats.ts';
export { grandstreamXml } from './grandstream/grandstream-xml.ts';
export { identifyConfig, type IdentifiedConfig } from './identify.ts';
