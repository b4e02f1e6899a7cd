import { configurationCsvEndpoints } from './configuration-csv.ts';
import { configurationDeploymentEndpoints } from './configuration-deployments.ts';
import { configurationDiallingEndpoints } from './configuration-dialling.ts';
import { configurationDocumentEndpoints } from './configuration-document.ts';
import { configurationDraftEndpoints } from './configuration-drafts.ts';
import { configurationImportEndpoints } from './configuration-imports.ts';
import { configurationLayerEndpoints } from './configuration-layers.ts';
import { configurationLineEndpoints } from './configuration-lines.ts';
import { configurationReadEndpoints } from './configuration-reads.ts';
import { configurationReviewEndpoints } from './configuration-review.ts';
import { configurationRevisionEndpoints } from './configuration-revisions.ts';
import { configurationRunningEndpoints } from './configuration-running.ts';
import { configurationSetupEndpoints } from './configuration-setup.ts';
import { configurationTimelineEndpoints } from './configuration-timeline.ts';

export * from './configuration-csv.ts';
export * from './configuration-deployments.ts';
export * from './configuration-dialling.ts';
export * from './configuration-document.ts';
export * from './configuration-drafts.ts';
export * from './configuration-imports.ts';
export * from './configuration-layers.ts';
export * from './configuration-lines.ts';
export * from './configuration-parts.ts';
export * from './configuration-reads.ts';
export * from './configuration-review.ts';
export * from './configuration-revisions.ts';
export * from './configuration-running.ts';
export * from './configuration-setup.ts';
export * from './configuration-timeline.ts';

/** The configuration of gateways: stored, edited, reviewed, published and deployed. */
export const configurationEndpoints = {
  ...configurationLayerEndpoints,
  ...configurationDiallingEndpoints,
  ...configurationDraftEndpoints,
  ...configurationLineEndpoints,
  ...configurationReviewEndpoints,
  ...configurationRevisionEndpoints,
  ...configurationDeploymentEndpoints,
  ...configurationReadEndpoints,
  ...configurationRunningEndpoints,
  ...configurationSetupEndpoints,
  ...configurationImportEndpoints,
  ...configurationTimelineEndpoints,
  ...configurationCsvEndpoints,
  ...configurationDocumentEndpoints,
} as const;
