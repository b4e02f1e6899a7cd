import { z } from 'zod';
import { Capabilities, EVIDENCE } from '../agent/inventory.ts';
import { endpoint } from './endpoint.ts';

export const DriverView = z
  .object({
    id: z.string(),
    vendor: z.string(),
    models: z.array(
      z.object({
        name: z.string(),
        fxs: z.int(),
        fxo: z.int(),
        evidence: z.enum(EVIDENCE),
        proven: z.array(z.string()).describe('Fields proven by a recording of this model'),
      }),
    ),
    revision: z.int(),
    evidence: z.enum(EVIDENCE).describe('The strongest evidence of any model with analogue ports'),
    note: z.string(),
    capabilities: Capabilities,
    actions: z.array(z.string()),
  })
  .meta({ id: 'Driver' });

export const driverEndpoints = {
  listDrivers: endpoint({
    id: 'listDrivers',
    method: 'GET',
    path: '/api/v1/drivers',
    permission: 'drivers.read',
    summary: 'List drivers with their capabilities and evidence',
    response: z.object({ items: z.array(DriverView) }),
  }),
} as const;
