import type { Action } from '@loopstart/contracts';
import { judgeRecordedTest, type LineDeviceClass } from '@loopstart/domain';

/** The facts besides its values that a line test's verdict needs: the model and the connected device, as known now. */
export interface TestedLineRow {
  testedLine: { model: string | null; device: LineDeviceClass | null } | null;
}

/** Of an action; null unless it is a line test. */
export const TESTED_LINE_COLUMNS = `case when action.type = 'line-test' then json_build_object(
    'model', (select g.model from gateway g where g.id = action.gateway_id),
    'device', (select p.line_device_class from port p where p.gateway_id = action.gateway_id and p."position" = action."position" and p.removed_at is null)
  ) end as "testedLine"`;

/** The verdict of a line test; null for other actions, and where the gateway did not carry it out. */
export function lineTestOf(
  action: Pick<Action, 'state' | 'reason' | 'result'> & { updatedAt: Date },
  line: TestedLineRow['testedLine'],
): Action['lineTest'] {
  if (line === null) return null;
  const { state, reason, result, updatedAt } = action;
  const judged = judgeRecordedTest({ state, reason, result }, { model: line.model, device: line.device ?? 'unknown' });
  return judged === null ? null : { ...judged, testedAt: updatedAt.toISOString() };
}
