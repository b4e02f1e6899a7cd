import { listQuery, query } from '../../lib/api/query.ts';
import { placeParams } from './place/place.ts';
import type { Place } from './place/place.ts';

export const entriesQuery = (place: Place) => query('listConfigEntries', { query: placeParams(place) });
export const openDraftsQuery = () => query('listConfigDrafts', { query: { state: 'open', limit: 100 } });
export const draftsQuery = () => listQuery('listConfigDrafts');
export const draftQuery = (draftId: string) => query('getConfigDraft', { params: { draftId } });
export const editsQuery = (draftId: string) => listQuery('listConfigEdits', { params: { draftId } });
/** Every edit of a draft that an editor shows beside the published entries. */
export const recentEditsQuery = (draftId: string) =>
  query('listConfigEdits', { params: { draftId }, query: { limit: 500 } });
export const reviewQuery = (draftId: string) => query('reviewConfigDraft', { params: { draftId } });
export const gatewayReviewsQuery = (draftId: string) => listQuery('listConfigGatewayReviews', { params: { draftId } });
export const revisionsQuery = () => listQuery('listConfigRevisions');
export const revisionQuery = (revision: number) => query('getConfigRevision', { params: { revision } });
/** What differs from the revision before, or from `since`. */
export const revisionChangesQuery = (revision: number, since?: number) =>
  listQuery('compareConfigRevisions', { params: { revision }, query: { since } });
/** The revisions that a comparison offers: the newest; older ones are named in the address. */
export const chosenRevisionsQuery = () => query('listConfigRevisions', { query: { limit: 200 } });
export const deploymentsQuery = () => listQuery('listConfigDeployments');
export const deploymentQuery = (deploymentId: string) => query('getConfigDeployment', { params: { deploymentId } });
export const jobsQuery = (deploymentId: string) => listQuery('listConfigJobs', { query: { deploymentId } });
export const gatewayJobsQuery = (gatewayId: string) => query('listConfigJobs', { query: { gatewayId, limit: 5 } });
export const effectiveQuery = (gatewayId: string, position?: number) =>
  query('getEffectiveConfig', { params: { gatewayId }, query: position === undefined ? {} : { position } });
export const diallingQuery = (
  gatewayId: string,
  keys: { position: number; dialled: string; pauseMs: number; plan?: string | undefined; draftId?: string | undefined },
) => query('tryDialling', { params: { gatewayId }, query: keys });
/** Lines of a customer, site or gateway as the sheet shows them. */
export const linesQuery = (
  place: { customerId?: string; siteId?: string; gatewayId?: string },
  draftId: string | undefined,
) => listQuery('listConfigLines', { query: { ...place, draftId, limit: 500 } });
/** What was published and deployed for a gateway or line; `until`: what was done later is left out. */
export const timelineQuery = (gatewayId: string, more: { position?: number | undefined; until?: string | undefined }) =>
  listQuery('listConfigTimeline', { params: { gatewayId }, query: { ...more, limit: 10 } });
export const runningQuery = (gatewayId: string) => query('listRunningConfigs', { params: { gatewayId } });
export const lastReadQuery = (gatewayId: string) => query('listConfigReads', { query: { gatewayId, limit: 1 } });
export const waitingReadsQuery = () => query('listConfigReads', { query: { state: ['waiting'], limit: 1 } });
export const accessQuery = (gatewayId: string) => query('getConfigAccess', { params: { gatewayId } });
export const openDriftsQuery = () => listQuery('listConfigDrifts', { query: { state: ['open'] } });
export const configPolicyQuery = () => query('getConfigPolicy');
