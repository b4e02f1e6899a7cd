import { z } from 'zod';
import { AtMs } from '../wire.ts';
import { GatewayEvent } from './gateway-event.ts';

/** How many alarms of one gateway are sent; of a longer list nothing is said to be complete. */
export const ACTIVE_ALARMS_MAX = 256;

/**
 * The alarms that a gateway lists as active, read completely; an incomplete reading sends none. Sent when the list
 * changed, after notifications of alarms, and with each full report.
 */
export const ActiveAlarms = z.object({
  gatewayId: z.uuid(),
  /** When the reading began. */
  at: AtMs,
  /** Beginnings of the keys of alarms that are listed while they stand; of other alarms the list says nothing. */
  covers: z.array(z.string().min(1).max(80)).max(200),
  alarms: z
    .array(
      GatewayEvent.pick({ kind: true, severity: true, position: true, text: true }).extend({
        alarmKey: z.string().min(1).max(200),
      }),
    )
    .max(ACTIVE_ALARMS_MAX),
});
export type ActiveAlarms = z.infer<typeof ActiveAlarms>;
