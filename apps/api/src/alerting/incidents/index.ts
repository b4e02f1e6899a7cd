export { type Affected, affectedBy } from './affected.ts';
export { type Changed, IncidentMessages } from './incident-messages.ts';
export { INCIDENT_FIELDS, INCIDENT_JOINS, IncidentRepository, type TimelineEntry } from './incident.repository.ts';
export { IncidentsModule } from './incidents.module.ts';
export { countLinesBehind, type Explained, explainedOf, gatewaysBehind } from './lines-behind.ts';
export { attentionSql, evidenceView, type IncidentRow, incidentView, REACHES_NOBODY } from './views.ts';
