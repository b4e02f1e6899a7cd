import type { View } from '../derived/view.ts';
import { Records } from '../records.ts';
import { Thresholds } from '../thresholds.ts';
import type { AlertRecord, ThresholdOverride, Topology } from '../types.ts';
import { NOW } from './records.ts';

/** What derived conditions are shown: a fleet, what is remembered of it, and settings of the operator. */
export function viewOf(
  topology: Topology,
  stored: readonly AlertRecord[] = [],
  settings: readonly (Pick<ThresholdOverride, 'kind'> & Partial<ThresholdOverride>)[] = [],
  inMaintenance: View['inMaintenance'] = () => false,
): View {
  const records = Records.of(stored);
  return {
    now: NOW,
    topology,
    thresholds: new Thresholds(
      settings.map((one) => ({ scope: 'operator', scopeId: null, parameters: {}, off: false, reason: 'test', ...one })),
    ),
    records: {
      get: (key) => records.get(key),
      aboveLines: () => [...records.values()].filter(({ where }) => where.position === null),
    },
    inMaintenance,
  };
}
