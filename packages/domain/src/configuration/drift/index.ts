export {
  CONFIG_DRIFT_STATES,
  type ConfigDriftState,
  type Drift,
  DRIFT_IGNORED_MS_MAX,
  needsDecision,
} from './decide.ts';
export { GRAVE_CAUSES, type GraveCause, type GraveKey, graveKeys } from './grave.ts';
