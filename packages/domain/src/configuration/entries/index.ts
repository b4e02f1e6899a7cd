export {
  CONFIG_ENTRY_KINDS,
  type ConfigEntry,
  type ConfigEntryKind,
  entryKey,
  type EntryKey,
  isSecretEntry,
} from './entry.ts';
export { type ConfigItem, configItemProblem, type ItemProblem } from './item-problem.ts';
export { layerOf, type PlacedEntries } from './layer-of.ts';
export { type EntryPlace, isOperatorWide, placeKey } from './place.ts';
