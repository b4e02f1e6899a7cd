export { HELD_COLUMNS } from './held/columns.tsx';
export { HeldLink, useHeldTotal } from './held/held-link.tsx';
export { HeldPage } from './held/held-page.tsx';
export { IncidentState } from './incident-state.tsx';
export { MonitoringBanner } from './monitoring-banner.tsx';
export { OpenCount } from './open-count.tsx';
export { PlaceTrail } from './place-trail.tsx';
export {
  allHeldAlertsQuery,
  customerIncidentsQuery,
  heldAlertsQuery,
  incidentCountsQuery,
  siteIncidentsQuery,
} from './queries.ts';
export { ReachesNobodyBanner } from './reaches-nobody-banner.tsx';
export { stateTags } from './state-tags.ts';
export { type IncidentCounts, useIncidentCounts } from './use-counts.ts';
export { CustomerIncidents, SubjectIncidents } from './subject-incidents.tsx';
export { IncidentNews } from './news/incident-news.tsx';
export { NotifyChoice } from './news/notify-choice.tsx';
