import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Instant } from './fields.ts';

export const heartbeatEndpoints = {
  getHeartbeat: endpoint({
    id: 'getHeartbeat',
    method: 'GET',
    path: '/api/v1/heartbeat',
    permission: 'heartbeat.read',
    summary: "Get the heartbeat to an external dead man's switch service",
    response: z.object({
      host: z.string().nullable(),
      everyS: z.int().nullable(),
      lastSentAt: Instant.nullable(),
      lastError: z.string().nullable(),
    }),
  }),
  putHeartbeat: endpoint({
    id: 'putHeartbeat',
    method: 'PUT',
    path: '/api/v1/heartbeat',
    permission: 'heartbeat.write',
    summary: "Set the address of the dead man's switch service, or null for none; the address is never returned",
    body: z.object({ url: z.url().max(2000).nullable(), everyS: z.int().min(30).max(86_400).default(60) }),
    response: z.object({
      host: z.string().nullable(),
      everyS: z.int().nullable(),
      lastSentAt: Instant.nullable(),
      lastError: z.string().nullable(),
    }),
  }),
} as const;
