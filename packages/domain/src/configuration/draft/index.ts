export { applyEdits } from './apply-edits.ts';
export {
  CONFIG_DRAFT_STATES,
  CONFIG_EDIT_ACTIONS,
  type ConfigDraftState,
  type ConfigEdit,
  type ConfigEditAction,
  isStale,
  type StandingThere,
  unseen,
} from './edit.ts';
