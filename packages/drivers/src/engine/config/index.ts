export { compareConfig, type ComparedSetting, type PushedSecrets } from './compare.ts';
export { ownedKeys, portNamesIn, portNamesOf, type ConfigDriver } from './layouts.ts';
export { readTelephony, type TelephonyReading, type ReadPort } from './read.ts';
export type { ReadSettings } from './read-at.ts';
export { renderConfig } from './render.ts';
export type { ConfigWish, NotWritten, PortWish, RenderedConfig, RenderedLevel, WrittenSetting } from './wish.ts';
export { type DialPlanFault, type DialPlanMaps, dialPlanMaps, type PlannedLine } from './dial-plans.ts';
export { diallingOf, type UnitDialling } from './dialling.ts';
