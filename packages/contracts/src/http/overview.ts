import { FAULT_REASONS, LINE_DEVICE_CLASSES, PORT_HEALTH_REASONS, SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { CauseOfTrouble } from './incidents.ts';
import { PortCounts } from './ports.ts';

export const WrongThing = z.object({
  gatewayId: Id,
  gatewayName: z.string(),
  siteId: Id,
  siteName: z.string(),
  customerName: z.string(),
  timeZone: z.string(),
  /** Null: the gateway itself. */
  position: z.int().nullable(),
  label: z.string().nullable(),
  lineDeviceClass: z.enum(LINE_DEVICE_CLASSES).nullable(),
  severity: z.enum(SEVERITIES),
  reason: z.union([z.enum(PORT_HEALTH_REASONS), z.enum(['gateway-unreachable', 'agent-silent', 'gateway-stale'])]),
  fault: z.enum(FAULT_REASONS).nullable(),
  since: Instant.nullable(),
});
export type WrongThing = z.infer<typeof WrongThing>;

/** State of the whole fleet: causes first, each with the lines it affects; then problems that no cause explains. */
export const Overview = z
  .object({
    at: Instant,
    /** Open incidents, most urgent first, then by life-safety lines and lines; at most 50. */
    causes: z.array(CauseOfTrouble),
    causesTotal: z.int(),
    /** Problems without an incident: new, in maintenance, or below the threshold of an incident. Worst first. */
    unexplained: z.object({
      things: z.array(WrongThing),
      total: z.int(),
      complete: z.boolean().describe('False: only the gateways with the most problems were examined'),
    }),
    ports: PortCounts,
    gateways: z.object({ total: z.int(), reachable: z.int(), unreachable: z.int(), unknown: z.int() }),
    agents: z.object({ total: z.int(), online: z.int(), silent: z.int(), neverConnected: z.int() }),
    sites: z.int(),
    customers: z.int(),
    activeCalls: z.int().nullable(),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof Overview>;

export const overviewEndpoints = {
  getOverview: endpoint({
    id: 'getOverview',
    method: 'GET',
    path: '/api/v1/overview',
    permission: 'overview.read',
    summary: 'Get the fleet overview: current incidents first, then totals',
    response: Overview,
  }),
} as const;
