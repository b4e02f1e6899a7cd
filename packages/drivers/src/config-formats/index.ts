export { grandstreamXml } from './grandstream/grandstream-xml.ts';
