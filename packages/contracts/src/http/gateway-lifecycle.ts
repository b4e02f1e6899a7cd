import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import * as r from './resources.ts';

const gateway = z.object({ gatewayId: r.Id });
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
    response: r.GatewaySummary,
  }),
  restoreGateway: endpoint({
    id: 'restoreGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/restore',
    role: 'technician',
    summary: 'Put a retired gateway into service again',
    params: gateway,
    response: r.GatewaySummary,
  }),
  replaceGateway: endpoint({
    id: 'replaceGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/replace',
    role: 'technician',
    summary: 'Hand labels, history and open incidents over to the device that replaces this gateway',
    params: gateway,
    body: z.object({ byGatewayId: r.Id, acceptLeftOver }),
    response: r.GatewaySummary,
  }),
  mergeGateway: endpoint({
    id: 'mergeGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/merge',
    role: 'technician',
    summary: 'Join this record with another of the same device',
    params: gateway,
    body: z.object({ intoGatewayId: r.Id, acceptLeftOver }),
    response: r.GatewaySummary,
  }),
  keepGateway: endpoint({
    id: 'keepGateway',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/keep',
    role: 'technician',
    summary: 'Answer that the gateway found at its address does not replace this one',
    params: gateway,
    response: r.GatewaySummary,
  }),
  deleteCustomer: endpoint({
    id: 'deleteCustomer',
    method: 'DELETE',
    path: '/api/v1/customers/:customerId',
    role: 'admin',
    summary: 'Delete a customer that has no sites',
    params: z.object({ customerId: r.Id }),
  }),
  deleteSite: endpoint({
    id: 'deleteSite',
    method: 'DELETE',
    path: '/api/v1/sites/:siteId',
    role: 'admin',
    summary: 'Delete a site that has no gateways in service and no agents',
    params: z.object({ siteId: r.Id }),
  }),
} as const;
