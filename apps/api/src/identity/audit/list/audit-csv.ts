import type { AuditColumn, AuditEntry } from '@loopstart/contracts';
import type { CsvColumns } from '../../../core/list/csv.ts';

/** What an export says of an audit entry, in the words of the API. Each change is whole: a file is kept as evidence. */
export const AUDIT_CSV: CsvColumns<AuditColumn, AuditEntry> = {
  who: [
    { header: 'Who', value: ({ by }) => by.name },
    { header: 'Kind of author', value: ({ by }) => by.kind },
    { header: 'Request', value: ({ requestId }) => requestId },
  ],
  at: [{ header: 'Time', value: ({ at }) => at }],
  verb: [
    { header: 'What', value: ({ verb }) => verb },
    { header: 'Before', value: ({ before }) => (before === null ? null : JSON.stringify(before)) },
    { header: 'After', value: ({ change }) => JSON.stringify(change) },
  ],
  subject: [
    { header: 'Kind of subject', value: ({ subject }) => subject.type },
    { header: 'Subject', value: ({ subject }) => subject.name },
    { header: 'Subject id', value: ({ subject }) => subject.id },
  ],
};
