export { IncidentState } from './incident-state.tsx';
export { MonitoringBanner } from './monitoring-banner.tsx';
export { OpenCount } from './open-count.tsx';
export { PlaceTrail } from './place-trail.tsx';
export { incidentCountsQuery } from './queries.ts';
export { ReachesNobodyBanner } from './reaches-nobody-banner.tsx';
export { stateTags } from './state-tags.ts';
export { useIncidentCounts } from './use-counts.ts';
