export {
  canWithdraw,
  type Deletion,
  DELETION_WAIT_DAYS,
  deletionDue,
  type DeletionState,
  deletionState,
} from './deletion.ts';
export { beyondQuota, fitsQuota, NO_QUOTAS, portsBeyond, type Quotas } from './quota.ts';
export { brokenTrail, type ProviderEntry } from './trail.ts';
