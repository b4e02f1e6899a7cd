import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { GatewaySummary } from './gateways.ts';
import { confirm } from './input-fields.ts';
import { gateway } from './params.ts';

const note = z.string().trim().max(500);
const acceptLeftOver = z
  .boolean()
  .default(false)
  .describe('Accept that some lines of the former gateway have no port on the new one');

/** Retiring gateways, and replacing or merging them. */
export const gatewayLifecycleEndpoints = {
  retireGateway: endpoint({
    id: 'retireGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/retire',
    permission: 'gateways.retire',
    summary: 'Retire a gateway: resolve its incidents and keep its history',
    params: gateway,
    body: z.object({ note: note.default(''), confirm }),
    response: GatewaySummary,
  }),
  restoreGateway: endpoint({
    id: 'restoreGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/restore',
    permission: 'gateways.retire',
    summary: 'Restore a retired gateway',
    params: gateway,
    response: GatewaySummary,
  }),
  replaceGateway: endpoint({
    id: 'replaceGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/replace',
    permission: 'gateways.replace',
    summary: 'Replace a gateway: hand its labels, history and open incidents over to another gateway',
    params: gateway,
    body: z.object({ byGatewayId: Id, acceptLeftOver }),
    response: GatewaySummary,
  }),
  mergeGateway: endpoint({
    id: 'mergeGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/merge',
    permission: 'gateways.replace',
    summary: 'Merge a gateway with another record of the same device',
    params: gateway,
    body: z.object({ intoGatewayId: Id, acceptLeftOver }),
    response: GatewaySummary,
  }),
  keepGateway: endpoint({
    id: 'keepGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/keep',
    permission: 'gateways.replace',
    summary: 'Keep a gateway: the gateway found at its address does not replace it',
    params: gateway,
    response: GatewaySummary,
  }),
} as const;
