export { fillIn } from './fill-in.ts';
export {
  EDITABLE_SETTING_LAYERS,
  SETTING_LAYERS,
  type EditableSettingLayer,
  type SettingLayer,
  type SettingEntry,
  type SettingLayerKind,
} from './layer.ts';
export {
  SETTING_PROBLEMS,
  resolveSettings,
  settingsOf,
  type SettingOrigin,
  type SettingResolution,
  type ResolvedSetting,
  type SettingProblem,
  type SettingSubject,
} from './resolve.ts';
