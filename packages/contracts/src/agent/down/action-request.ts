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
  /** `portKey` of the inventory: refused where another port has the number by now. Absent: not known. */
  portKey: z.string().max(160).nullable().optional(),
  lineDeviceClass: z.string().max(40),
  lifeSafetyConfirmed: z.boolean(),
  /**
   * What the cloud knows of every port of the gateway, for what takes all of them away. Absent from older clouds; a
   * port that is not in it has the class `lineDeviceClass`, and no hold.
   */
  ports: z
    .array(
      z.object({
        position: z.int().min(1),
        lineDeviceClass: z.string().max(40),
        /** An emergency call, or the time for a call back after one, is on the port. */
        emergencyHold: z.boolean(),
      }),
    )
    .max(PORTS_MAX)
    .optional(),
  /** Why it is to be done although it is not known whether the line is idle; null or absent: it is not then. */
  overrideReason: z.string().max(500).nullable().optional(),
  expiresAt: AtMs,
};
