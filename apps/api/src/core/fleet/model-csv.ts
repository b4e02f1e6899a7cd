import type { ModelReason } from '@loopstart/domain';
import type { CsvColumn } from '../list/csv.ts';

/** What an export says of the model of a gateway; where it is not known, why. */
export const MODEL_CSV: readonly CsvColumn<{ model: string | null; modelReason: ModelReason | null }>[] = [
  { header: 'Model', value: ({ model }) => model },
  { header: 'Model not known because', value: ({ modelReason }) => modelReason },
];
