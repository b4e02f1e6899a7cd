import { z } from 'zod';
import { CounterColumns, GatewayMeasures, MeasureColumns, NullReasons, StateColumns } from '../columns.ts';
import { AtMs } from '../wire.ts';

/** One poll of one gateway. The hot path: about 170 messages a second for 10,000 gateways. */
export const Report = z.object({
  gatewayId: z.uuid(),
  /** When the reading was taken, agent's clock, ms since the epoch. */
  at: AtMs,
  /** Inventory revision whose port order the columns use. */
  revision: z.int().min(1),
  /**
   * True: every column of state and counters is present (a full snapshot), nulls with their reasons in `nulls`. False:
   * absent columns of state and counters, and absent `nulls`, are unchanged. An absent measurement, in either case, was
   * not measured or has not moved beyond its deadband since it was last sent (at most five minutes ago). A report right
   * after an event of the same gateway may have state that the notification implied; the poll that confirms or
   * withdraws it follows within about a second.
   */
  full: z.boolean(),
  /** How long the poll took. */
  pollMs: z.int().min(0),
  state: StateColumns.optional(),
  measures: MeasureColumns.optional(),
  counters: CounterColumns.optional(),
  gateway: GatewayMeasures.optional(),
  nulls: NullReasons.optional(),
});
export type Report = z.infer<typeof Report>;
