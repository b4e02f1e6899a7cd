import type { IncidentColumn, IncidentSummary } from '@loopstart/contracts';
import { CONDITIONS } from '@loopstart/domain';
import type { CsvColumns } from '../../../core/list/csv.ts';

/** The columns of an export of incidents, in the words of the API. */
export const INCIDENT_CSV: CsvColumns<IncidentColumn, IncidentSummary> = {
  title: [{ header: 'Incident', value: ({ title }) => title }],
  severity: [{ header: 'Severity', value: ({ severity }) => severity }],
  state: [
    { header: 'State', value: ({ attention }) => attention },
    { header: 'Acknowledged', value: ({ acknowledgedAt }) => acknowledgedAt },
    { header: 'Acknowledged by', value: ({ acknowledgedBy }) => acknowledgedBy },
    { header: 'Snoozed until', value: ({ snoozedUntil }) => snoozedUntil },
    { header: 'Resolved', value: ({ resolvedAt }) => resolvedAt },
    { header: 'Silenced', value: ({ silenced }) => silenced },
    { header: 'Notifies nobody', value: ({ reachesNobody }) => reachesNobody },
  ],
  where: [
    { header: 'Gateway', value: ({ place }) => place.gateway?.name },
    { header: 'Port', value: ({ place }) => place.port?.position },
    { header: 'Line', value: ({ place }) => place.port?.label },
    { header: 'Number', value: ({ place }) => place.port?.number },
  ],
  site: [{ header: 'Site', value: ({ place }) => place.site?.name }],
  customer: [{ header: 'Customer', value: ({ place }) => place.customer?.name }],
  since: [{ header: 'Since', value: ({ since }) => since }],
  raised: [{ header: 'Raised', value: ({ announcedAt }) => announcedAt }],
  affects: [
    { header: 'Affected agents', value: ({ affected }) => affected.agents },
    { header: 'Affected gateways', value: ({ affected }) => affected.gateways },
    { header: 'Affected ports', value: ({ affected }) => affected.ports },
  ],
  why: [
    { header: 'Evidence', value: ({ why }) => why },
    { header: 'First step', value: ({ firstStep }) => firstStep },
  ],
  kind: [{ header: 'Kind', value: ({ kind }) => CONDITIONS[kind].title }],
  assigned: [{ header: 'Assigned to', value: ({ assignedTo }) => assignedTo?.name }],
  number: [{ header: 'Incident number', value: ({ number }) => number }],
};
