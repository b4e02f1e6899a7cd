import type { Silence, SilenceColumn } from '@loopstart/contracts';
import type { CsvColumns } from '../../../../core/list/csv.ts';

/** What an export says of a silence, in the words of the API. */
export const SILENCE_CSV: CsvColumns<SilenceColumn, Silence> = {
  scope: [{ header: 'Scope', value: ({ scopeName }) => scopeName }],
  state: [
    { header: 'State', value: ({ state }) => state },
    { header: 'Open incidents', value: ({ matching }) => matching },
  ],
  starts: [{ header: 'From', value: ({ startsAt }) => startsAt }],
  until: [
    { header: 'Until', value: ({ endsAt }) => endsAt },
    { header: 'Ended at', value: ({ endedAt }) => endedAt },
  ],
  reason: [{ header: 'Reason', value: ({ reason }) => reason }],
  by: [{ header: 'Created by', value: ({ createdBy }) => createdBy }],
};
