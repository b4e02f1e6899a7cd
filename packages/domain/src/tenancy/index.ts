export {
  canWithdraw,
  type Deletion,
  DELETION_WAIT_DAYS,
  deletionDue,
  type DeletionState,
  deletionState,
} from './deletion.ts';
export {
  type LibraryFault,
  NOT_PUBLISHED_RIGHTS,
  type ObjectAct,
  operatorMay,
  type Ownership,
  type OwnershipFacts,
  ownershipOf,
  OWNERSHIPS,
  type Provenance,
  PUBLISHED_KINDS,
  PUBLISHED_MODES,
  type PublishedKind,
  type PublishedMode,
  publishedPolicyFaults,
  publishedRoleFaults,
} from './ownership.ts';
export { beyondQuota, fitsQuota, NO_QUOTAS, portsBeyond, type Quotas } from './quota.ts';
export { brokenTrail, contradictedBy, PROVIDER_CHAIN, type ProviderEntry, type TrailHead } from './trail.ts';
