import type { endpoints } from '@loopstart/contracts';
import { CONDITIONS } from '@loopstart/domain';
import type { z } from 'zod';

type Effective = z.output<typeof endpoints.getEffectiveThresholds.response>['items'][number];
export type EffectiveRow = Effective['parameters'][string] & { kind: Effective['kind']; name: string; off: boolean };

/** One row a threshold that applies there, those set differently first; of a condition not watched one row says so. */
export function effectiveRows(items: readonly Effective[], isPort: boolean): EffectiveRow[] {
  const subject = isPort ? 'port' : 'gateway';
  const rows = items
    .filter(({ kind }) => CONDITIONS[kind].subject === subject)
    .flatMap(({ kind, off, parameters }) => {
      const all = Object.entries(parameters).map(([name, why]) => ({ ...why, kind, name, off }));
      return off ? all.slice(0, 1) : all;
    });
  const own = (row: EffectiveRow) => Number(!row.off && row.scope === 'default');
  return rows.sort((a, b) => own(a) - own(b));
}
