import { z } from 'zod';
import { Id } from './fields.ts';

/** Path parameters that more than one feature uses. */
export const customer = z.object({ customerId: Id });
export const site = z.object({ siteId: Id });
export const agent = z.object({ agentId: Id });
export const gateway = z.object({ gatewayId: Id });
export const port = z.object({ gatewayId: Id, position: z.coerce.number().int().min(1) });
export const channel = z.object({ channelId: Id });
