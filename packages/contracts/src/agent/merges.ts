import { z } from 'zod';

/** Maximum number of merges in one message; further ones follow when these are acknowledged. */
export const MERGES_PER_MESSAGE_MAX = 500;

/** Two records of one device: `gatewayId` is `intoGatewayId` from now on. Never undone. */
export const GatewayMerge = z.object({ gatewayId: z.uuid(), intoGatewayId: z.uuid() });
export type GatewayMerge = z.infer<typeof GatewayMerge>;
