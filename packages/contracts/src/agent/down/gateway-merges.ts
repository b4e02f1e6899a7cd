import { z } from 'zod';
import { GatewayMerge, MERGES_PER_MESSAGE_MAX } from '../merges.ts';

/** Merges of gateways, in any order and with repeats; safe to receive twice. */
export const GatewayMergesFields = {
  merges: z
    .array(
      GatewayMerge.extend({
        /** The inventory revision that the cloud has of `intoGatewayId`; the agent's next one is above it. */
        revision: z.int().min(0),
      }),
    )
    .min(1)
    .max(MERGES_PER_MESSAGE_MAX),
};
