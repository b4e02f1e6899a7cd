import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { GatewaySummary } from './gateways.ts';
import { gateway } from './params.ts';

const note = z.string().trim().max(500);
const acceptLeftOver = z.boolean().default(false).describe('Also where lines of the former gateway find no port');

/** Taking gateways out of service, and putting others in their place. */
export const gatewayLifecycleEndpoints = {
  retireGateway: endpoint({
    id: 'retireGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/retire',
    role: 'technician',
    summary: 'Take a gateway out of service: its incidents end, its history is kept',
    params: gateway,
    body: z.object({ note: note.default('') }),
    response: GatewaySummary,
  }),
  restoreGateway: endpoint({
    id: 'restoreGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/restore',
    role: 'technician',
    summary: 'Put a retired gateway into service again',
    params: gateway,
    response: GatewaySummary,
  }),
  replaceGateway: endpoint({
    id: 'replaceGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/replace',
    role: 'technician',
    summary: 'Hand labels, history and open incidents over to the device that replaces this gateway',
    params: gateway,
    body: z.object({ byGatewayId: Id, acceptLeftOver }),
    response: GatewaySummary,
  }),
  mergeGateway: endpoint({
    id: 'mergeGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/merge',
    role: 'technician',
    summary: 'Join this record with another of the same device',
    params: gateway,
    body: z.object({ intoGatewayId: Id, acceptLeftOver }),
    response: GatewaySummary,
  }),
  keepGateway: endpoint({
    id: 'keepGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/keep',
    role: 'technician',
    summary: 'Answer that the gateway found at its address does not replace this one',
    params: gateway,
    response: GatewaySummary,
  }),
} as const;
