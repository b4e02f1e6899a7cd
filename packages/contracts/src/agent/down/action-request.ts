import { ACTION_TYPES } from '@loopstart/domain';
import { z } from 'zod';
import { PORTS_MAX } from '../columns.ts';
import { AtMs } from '../wire.ts';

/** An action to carry out once before `expiresAt`; safe to receive twice. */
export const ActionRequestFields = {
  actionId: z.uuid(),
  type: z.enum(ACTION_TYPES),
  gatewayId: z.uuid(),
  position: z.int().min(1).nullable(),
  /**
   * `portKey` of the inventory: the action is refused where the number belongs to another port by now. Absent: not
   * known.
   */
  portKey: z.string().max(160).nullable().optional(),
  lineDeviceClass: z.string().max(40),
  lifeSafetyConfirmed: z.boolean(),
  /**
   * What the cloud knows of every port of the gateway, for actions on the whole gateway. Absent from older clouds; a
   * port that is not listed has the class `lineDeviceClass`, and no hold.
   */
  ports: z
    .array(
      z.object({
        position: z.int().min(1),
        lineDeviceClass: z.string().max(40),
        /** An emergency call, or the call-back time after one, is on the port. */
        emergencyHold: z.boolean(),
      }),
    )
    .max(PORTS_MAX)
    .optional(),
  /** Why the action is requested although it is unknown whether the line is idle; null or absent: no override. */
  overrideReason: z.string().max(500).nullable().optional(),
  expiresAt: AtMs,
};
