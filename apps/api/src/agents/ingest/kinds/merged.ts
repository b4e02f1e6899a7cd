import { presentGatewayId } from '@loopstart/domain';
import type { MergesDone } from '@loopstart/contracts';
import type { Received } from '../item.ts';
import type { MessageKindOf } from './message-kind.ts';

/** Merges that an agent uses from here on. A merge that no one decided is quarantined. */
export const merged: MessageKindOf<'merged', Received<MergesDone>[]> = {
  kind: 'merged',

  open: () => [],

  apply(message, batch, rows, refusals) {
    const { body, sender } = message;
    const merges = batch.mergesAt(sender);
    const known = body.merges.filter(({ gatewayId, intoGatewayId }) => {
      const into = merges.get(gatewayId.toLowerCase());
      if (into === intoGatewayId.toLowerCase()) return true;
      refusals.add('unknown-merge', `gateway ${gatewayId} was not merged into ${intoGatewayId}`);
      return false;
    });
    if (known.length > 0) rows.push({ ...message, body: { merges: known } });
  },

  async write(sql, rows, batch) {
    for (const { item, sender, body } of rows) {
      const ids = body.merges.map(({ gatewayId }) => gatewayId.toLowerCase());
      const { rowCount } = await sql.query(
        `insert into merge_acknowledgement (operator_id, agent_id, gateway_id, acknowledged_at)
         select $1, $2, id, $4 from unnest($3::uuid[]) as id on conflict (agent_id, gateway_id) do nothing`,
        [sender.operatorId, sender.agentId, ids, new Date(item.receivedAtMs)],
      );
      if (rowCount === 0) continue;
      const { operatorId, siteId } = sender;
      const shown = new Set([...ids, ...ids.map((id) => presentGatewayId(batch.mergesAt(sender), id))]);
      for (const gatewayId of shown) batch.publish(operatorId, { type: 'inventory', gatewayId, siteId });
    }
  },
};
