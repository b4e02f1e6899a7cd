export { audiocodesIni } from './audiocodes/audiocodes-ini.ts';
export { grandstreamXml } from './grandstream/grandstream-xml.ts';
