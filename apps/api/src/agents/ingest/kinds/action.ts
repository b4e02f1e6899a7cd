import type { Action, ActionProgress } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';
import { ACTION_COLUMNS, toAction } from '../../actions/index.ts';
import type { Received } from '../item.ts';
import type { MessageKindOf } from './message-kind.ts';

/** Progress of actions. Progress of an action that was never requested of the agent is quarantined. */
export const action: MessageKindOf<'action', Received<ActionProgress>[]> = {
  kind: 'action',

  open: () => [],

  apply(message, _batch, rows) {
    rows.push(message);
  },

  async write(sql, rows, batch) {
    for (const message of rows) {
      const moved = await progress(sql, message);
      const { item, sender, body } = message;
      if (moved === 'unknown') {
        const detail = `action ${body.actionId} was never asked of this agent`;
        batch.reject(item, sender, { code: 'unknown-action', detail });
      } else if (moved !== null) batch.publish(sender.operatorId, { type: 'action', action: moved });
    }
  },
};

/** Stores progress; null where the action has ended already. */
async function progress(sql: Sql, { body, sender }: Received<ActionProgress>): Promise<Action | 'unknown' | null> {
  const { rows } = await sql.query(
    `update action set state = $3, reason = $4, reason_code = $6, result = $5, updated_at = now()
     where id = $1 and agent_id = $2 and state in ('queued', 'sent', 'running') returning ${ACTION_COLUMNS}`,
    [body.actionId, sender.agentId, body.state, body.reason, body.result, body.reasonCode ?? null],
  );
  if (rows[0] !== undefined) return toAction(rows[0]);
  const known = await sql.query('select 1 from action where id = $1 and agent_id = $2', [
    body.actionId,
    sender.agentId,
  ]);
  return known.rowCount === 0 ? 'unknown' : null;
}
