import type { Alert, AlertColumn } from '@loopstart/contracts';
import type { CsvColumns } from '../../../core/list/csv.ts';

/** The columns of an export of alerts, in the words of the API. */
export const ALERT_CSV: CsvColumns<AlertColumn, Alert> = {
  title: [{ header: 'Alert', value: ({ title }) => title }],
  severity: [
    { header: 'Severity', value: ({ severity }) => severity },
    { header: 'State', value: ({ state }) => state },
    { header: 'State unknown', value: ({ stale }) => stale },
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
  opened: [{ header: 'Opened', value: ({ openedAt }) => openedAt }],
  resolved: [
    { header: 'Resolved', value: ({ resolvedAt }) => resolvedAt },
    { header: 'Resolution', value: ({ resolution }) => resolution },
  ],
  hold: [
    { header: 'Why it notifies no one', value: ({ hold }) => hold?.reason },
    { header: 'Explained by', value: ({ hold }) => hold?.by?.title },
    { header: 'Until', value: ({ hold }) => hold?.until },
  ],
  evidence: [{ header: 'Evidence', value: ({ evidence }) => evidence.text }],
};
