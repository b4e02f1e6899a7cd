import { z } from 'zod';
import { CauseOfTrouble } from './alerting-incidents.ts';
import { Instant, PortCounts, WrongThing } from './resources.ts';

/** How the whole fleet is: causes first, each with the lines that it takes along; then what no cause explains. */
export const Overview = z
  .object({
    at: Instant,
    /** Incidents that are not over, most urgent first, then by life-safety lines and lines; at most 50. */
    causes: z.array(CauseOfTrouble),
    causesTotal: z.int(),
    /** What is wrong and has no incident: just noticed, in maintenance, or too small for one. Worst first. */
    unexplained: z.object({
      things: z.array(WrongThing),
      total: z.int(),
      complete: z.boolean().describe('False: only the gateways with the most trouble were looked into'),
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
