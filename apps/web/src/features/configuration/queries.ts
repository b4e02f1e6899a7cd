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
export const revisionChangesQuery = (revision: number) => listQuery('compareConfigRevisions', { params: { revision } });
export const deploymentsQuery = () => listQuery('listConfigDeployments');
export const deploymentQuery = (deploymentId: string) => query('getConfigDeployment', { params: { deploymentId } });
export const jobsQuery = (deploymentId: string) => listQuery('listConfigJobs', { query: { deploymentId } });
export const gatewayJobsQuery = (gatewayId: string) => query('listConfigJobs', { query: { gatewayId, limit: 5 } });
export const effectiveQuery = (gatewayId: string, position?: number) =>
  query('getEffectiveConfig', { params: { gatewayId }, query: position === undefined ? {} : { position } });
export const historyQuery = (gatewayId: string, position?: number) =>
  listQuery('listConfigHistory', { params: { gatewayId }, query: position === undefined ? {} : { position } });
export const runningQuery = (gatewayId: string) => query('listRunningConfigs', { params: { gatewayId } });
export const lastReadQuery = (gatewayId: string) => query('listConfigReads', { query: { gatewayId, limit: 1 } });
export const waitingReadsQuery = () => query('listConfigReads', { query: { state: ['waiting'], limit: 1 } });
export const accessQuery = (gatewayId: string) => query('getConfigAccess', { params: { gatewayId } });
export const openDriftsQuery = () => listQuery('listConfigDrifts', { query: { state: ['open'] } });
export const configPolicyQuery = () => query('getConfigPolicy');
