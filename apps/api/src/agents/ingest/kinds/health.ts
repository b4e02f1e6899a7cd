import { clockAhead } from '../decide/event-time.ts';
import type { MessageKindOf } from './message-kind.ts';

/** Health of an agent: the last one is stored in its row, with the revision of the agent settings in force. */
export const health: MessageKindOf<'health'> = {
  kind: 'health',

  apply({ item, sender, body }, batch) {
    const change = batch.changeOf(sender);
    change.health = body;
    change.clockAheadMs = clockAhead(body, item.receivedAtMs);
  },
};
