import { createHash } from 'node:crypto';
import type { Gap } from '@loopstart/contracts';
import type { Received } from '../item.ts';
import type { MessageKindOf } from './message-kind.ts';

/** Messages that an agent dropped: counted for the agent, and an event of each gateway that it reads. */
export const gap: MessageKindOf<'gap', Received<Gap>[]> = {
  kind: 'gap',

  open: () => [],

  apply(message, batch, rows) {
    const change = batch.changeOf(message.sender);
    change.lost += lostIn(message.body);
    change.lostAt = message.item.receivedAtMs;
    rows.push(message);
  },

  /** The id of the event follows from the message: written twice it is stored once. */
  async write(sql, rows) {
    for (const { item, sender, body } of rows) {
      const seed = createHash('md5')
        .update(`${sender.agentId}/${item.position?.join('/')}`)
        .digest('hex');
      const from = body.fromAt === null ? 'an unknown time' : new Date(body.fromAt).toISOString();
      const to = body.toAt === null ? 'an unknown time' : new Date(body.toAt).toISOString();
      await sql.query(
        `insert into gateway_event (id, operator_id, site_id, gateway_id, at, received_at, kind, severity, text, source, detail)
         select name_uuid($1 || g.id::text), g.operator_id, g.site_id, g.id, $2, $2, 'other', 'warning', $3, 'agent', $4
         from gateway g where g.agent_id = $5 and g.retired_at is null on conflict do nothing`,
        [
          seed,
          new Date(item.receivedAtMs),
          `The agent had to drop ${lostIn(body)} messages between ${from} and ${to} (${body.reason}).`,
          Object.fromEntries(Object.entries(body.lost).map(([kind, lost]) => [kind, String(lost)])),
          sender.agentId,
        ],
      );
    }
  },
};

function lostIn({ lost }: Gap): number {
  return Object.values(lost).reduce((sum, count) => sum + Math.max(0, count), 0);
}
