export { ComparePage } from './compare/compare-page.tsx';
export { CompareRevisionsPage } from './compare/compare-revisions-page.tsx';
export { ConfigurationNav } from './configuration-nav.tsx';
export { DeploymentPage } from './deployments/deployment-page.tsx';
export { DeploymentsPage } from './deployments/deployments-page.tsx';
export { DialPlansPage } from './dial-plans/dial-plans-page.tsx';
export { DraftBar } from './draft/draft-bar.tsx';
export { DraftsPage } from './draft/drafts-page.tsx';
export { DriftPage } from './drift/drift-page.tsx';
export { EntriesPage } from './entries/entries-page.tsx';
export { GatewayConfigurationPage } from './gateway/gateway-configuration-page.tsx';
export { ChangeTimeline } from './timeline/timeline-section.tsx';
export { LinesPage } from './lines/lines-page.tsx';
export { PlaceFilters, placeOf } from './place/place.ts';
export {
  deploymentQuery,
  deploymentsQuery,
  draftQuery,
  draftsQuery,
  effectiveQuery,
  entriesQuery,
  openDraftsQuery,
  openDriftsQuery,
  revisionQuery,
  revisionsQuery,
} from './queries.ts';
export { ReviewPage } from './review/review-page.tsx';
export { RevisionPage } from './revisions/revision-page.tsx';
export { RevisionsPage } from './revisions/revisions-page.tsx';
