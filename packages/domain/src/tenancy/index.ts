export { beyondQuota, fitsQuota, NO_QUOTAS, portsBeyond, QUOTAS, type Quotas, type Usage } from './quota.ts';
export { brokenTrail, type ProviderEntry } from './trail.ts';
