import type { PermissionName } from '@loopstart/domain';
import { z } from 'zod';
import { Action } from './actions.ts';
import { Event } from './events.ts';
import { Id, Instant } from './fields.ts';
import { REACHABILITY } from './gateways.ts';
import { IncidentSummary } from './incidents.ts';
import { Port } from './ports.ts';

/** Server-sent events: `GET /api/v1/live`, session cookie, one JSON object an event, `id` for Last-Event-ID; `?user=` refuses another. */
export const LIVE_PATH = '/api/v1/live';
export const LIVE_PERMISSION = 'live.read' satisfies PermissionName;

export const LiveEvent = z.discriminatedUnion('type', [
  /** Ports of a gateway changed: the new values of the changed fields, so that the faceplate needs no request. */
  z.object({
    type: z.literal('gateway'),
    gatewayId: Id,
    siteId: Id,
    observedAt: Instant,
    ports: z
      .array(Port.partial().required({ position: true }))
      .describe('Changed ports only; absent fields are unchanged'),
    gateway: z
      .object({
        reachability: z.enum(REACHABILITY),
        temperatureC: z.number().nullable(),
        activeCalls: z.int().nullable(),
      })
      .partial()
      .optional(),
  }),
  z.object({ type: z.literal('inventory'), gatewayId: Id, siteId: Id }),
  z.object({ type: z.literal('agent'), agentId: Id, siteId: Id }),
  z.object({ type: z.literal('event'), event: Event }),
  z.object({ type: z.literal('action'), action: Action }),
  /** An incident began, changed or ended. */
  z.object({ type: z.literal('incident'), incident: IncidentSummary }),
  /** A deployment came on at a gateway or as a whole (`gatewayId` null), or a reading did (`deploymentId` null). */
  z.object({
    type: z.literal('configuration'),
    deploymentId: Id.nullable(),
    gatewayId: Id.nullable(),
    siteId: Id.nullable(),
  }),
  /** The stream missed events (buffer overrun, reconnect): fetch again. */
  z.object({ type: z.literal('resync') }),
]);
export type LiveEvent = z.infer<typeof LiveEvent>;
