import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Instant } from './fields.ts';
import { timeRange } from './list.ts';
import { gateway, port } from './params.ts';

/** A series over time. Raw points have min = avg = max; roll-ups have all three. Null where nothing was measured. */
export const RESOLUTIONS = ['raw', 'hour', 'day'] as const;

export const Series = z
  .object({
    resolution: z.enum(RESOLUTIONS),
    from: Instant,
    to: Instant,
    /** Seconds since the epoch, one a point, shared by all measures. */
    t: z.array(z.number()),
    measures: z.record(
      z.string(),
      z.object({
        unit: z.string(),
        min: z.array(z.number().nullable()),
        avg: z.array(z.number().nullable()),
        max: z.array(z.number().nullable()),
      }),
    ),
  })
  .meta({ id: 'Series' });
export type Series = z.infer<typeof Series>;

export const seriesEndpoints = {
  getGatewaySeries: endpoint({
    id: 'getGatewaySeries',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/series',
    permission: 'gateways.read',
    summary: 'Get measurements of a gateway over time',
    params: gateway,
    query: z.object({ ...timeRange }),
    response: Series,
  }),
  getPortSeries: endpoint({
    id: 'getPortSeries',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/ports/:position/series',
    permission: 'ports.read',
    summary: 'Get measurements of a port over time',
    params: port,
    query: z.object({ ...timeRange }),
    response: Series,
  }),
} as const;
