export {
  CONFIG_CHECK_EFFECTS,
  CONFIG_CHECK_TABLE,
  CONFIG_CHECKS,
  type ConfigCheck,
  type ConfigCheckEffect,
  effectOf,
  type Finding,
} from './checks.ts';
export { isAlone, judgePublication, type PublishQuestion, type PublishVerdict } from './publish.ts';
export { changedSettings, costliest, type SameMeaning, sameValue, type SettingChange } from './settings-diff.ts';
export { duplicateAccounts, type LineAccount } from './site-checks.ts';
