export { CopyList } from './copy-list.tsx';
export { LockedBanner } from './locked-banner.tsx';
export { lockedReason } from './locked-reason.ts';
export { OwnershipTag } from './ownership-tag.tsx';
export { publishedPoliciesQuery, publishedRolesQuery } from './queries.ts';
