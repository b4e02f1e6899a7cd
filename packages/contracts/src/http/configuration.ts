import { configurationCsvEndpoints } from './configuration-csv.ts';
import { configurationDeploymentEndpoints } from './configuration-deployments.ts';
import { configurationDraftEndpoints } from './configuration-drafts.ts';
import { configurationImportEndpoints } from './configuration-imports.ts';
import { configurationLayerEndpoints } from './configuration-layers.ts';
import { configurationReviewEndpoints } from './configuration-review.ts';
import { configurationRevisionEndpoints } from './configuration-revisions.ts';
import { configurationRunningEndpoints } from './configuration-running.ts';
import { configurationSetupEndpoints } from './configuration-setup.ts';

export * from './configuration-csv.ts';
export * from './configuration-deployments.ts';
export * from './configuration-drafts.ts';
export * from './configuration-imports.ts';
export * from './configuration-layers.ts';
export * from './configuration-parts.ts';
export * from './configuration-review.ts';
export * from './configuration-revisions.ts';
export * from './configuration-running.ts';
export * from './configuration-setup.ts';

/** The configuration of gateways: stored, edited, reviewed, published and deployed. */
export const configurationEndpoints = {
  ...configurationLayerEndpoints,
  ...configurationDraftEndpoints,
  ...configurationReviewEndpoints,
  ...configurationRevisionEndpoints,
  ...configurationDeploymentEndpoints,
  ...configurationRunningEndpoints,
  ...configurationSetupEndpoints,
  ...configurationImportEndpoints,
  ...configurationCsvEndpoints,
} as const;
