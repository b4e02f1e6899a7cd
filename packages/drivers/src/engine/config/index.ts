export { compareConfig, type ComparedSetting, type PushedSecrets } from './compare.ts';
export { ownedKeys, type ConfigDriver } from './layouts.ts';
export { readConfig, type ReadConfig, type ReadPort, type ReadSettings } from './read.ts';
export { renderConfig } from './render.ts';
export type { ConfigWish, NotWritten, PortWish, RenderedConfig, WrittenSetting } from './wish.ts';
