import type { MaintenanceColumn, MaintenanceWindow } from '@loopstart/contracts';
import type { CsvColumns } from '../../../../core/list/csv.ts';

/** What an export says of a maintenance window, in the words of the API. */
export const MAINTENANCE_CSV: CsvColumns<MaintenanceColumn, MaintenanceWindow> = {
  title: [{ header: 'Title', value: ({ title }) => title }],
  state: [
    { header: 'State', value: ({ state }) => state },
    { header: 'Ended at', value: ({ endedAt }) => endedAt },
  ],
  place: [
    { header: 'Scope', value: ({ scope }) => scope },
    { header: 'Place', value: ({ scopeName }) => scopeName },
  ],
  next: [
    { header: 'Next from', value: ({ next }) => next?.from ?? null },
    { header: 'Next to', value: ({ next }) => next?.to ?? null },
    { header: 'Repeats every', value: ({ recurrence }) => recurrence?.every ?? null },
    { header: 'Time zone', value: ({ timeZone }) => timeZone },
  ],
  reason: [{ header: 'Reason', value: ({ reason }) => reason }],
  by: [{ header: 'Planned by', value: ({ createdBy }) => createdBy }],
  added: [{ header: 'Planned at', value: ({ createdAt }) => createdAt }],
};
