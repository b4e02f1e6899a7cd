import type { GatewayFacts } from '../entries/index.ts';
import type { ImportOf } from './import-of.ts';
import type { ReadSource } from './source.ts';

/** An import as it would be made now. */
export interface PlannedImport extends ReadSource {
  facts: GatewayFacts;
  unit: 'same' | 'not-told';
  plan: ImportOf;
  fingerprint: string;
}
