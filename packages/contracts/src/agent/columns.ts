import { GATEWAY_MEASURES, NULL_REASONS, PORT_COUNTERS, PORT_MEASURES, PORT_STATE_FIELDS } from '@loopstart/domain';
import { z } from 'zod';

/** Ports on one gateway; the largest analogue gateways have 288 (Eltex and MP-1288 class). */
export const PORTS_MAX = 512;

const column = (cell: z.ZodType<number | null>) => z.array(cell).max(PORTS_MAX);
const mapValues = <K extends string, V>(keys: readonly K[], value: (key: K) => V) =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
const keysOf = <T extends object>(object: T) => Object.keys(object) as (keyof T & string)[];

/**
 * Per-port state, one array a field, in the port order of the gateway's inventory. Cells are codes: positions in
 * the vocabulary of `@loopstart/domain`, null = unknown. An absent column has not changed since the last report.
 */
export const StateColumns = z.object(
  mapValues(keysOf(PORT_STATE_FIELDS), (field) =>
    column(
      z
        .int()
        .min(0)
        .max(PORT_STATE_FIELDS[field].length - 1)
        .nullable(),
    ).optional(),
  ),
);
export type StateColumns = z.infer<typeof StateColumns>;

/** Per-port measurements, one array a field; null = not measured this time. Absent column: no port was measured. */
export const MeasureColumns = z.object(
  mapValues(keysOf(PORT_MEASURES), (field) =>
    column(z.number().min(PORT_MEASURES[field].min).max(PORT_MEASURES[field].max).nullable()).optional(),
  ),
);
export type MeasureColumns = z.infer<typeof MeasureColumns>;

/** Per-port counters since the gateway started. Absent column: unchanged since the last report. */
export const CounterColumns = z.object(
  mapValues(keysOf(PORT_COUNTERS), () => column(z.int().min(0).nullable()).optional()),
);
export type CounterColumns = z.infer<typeof CounterColumns>;

/** Measurements of the gateway itself; null = not measured this time. */
export const GatewayMeasures = z.object(
  mapValues(keysOf(GATEWAY_MEASURES), (field) =>
    z.number().min(GATEWAY_MEASURES[field].min).max(GATEWAY_MEASURES[field].max).nullable().optional(),
  ),
);
export type GatewayMeasures = z.infer<typeof GatewayMeasures>;

/** Why cells are null: field, reason and the port positions (0-based) it applies to. `*` is every port. */
export const NullReasons = z
  .array(
    z.object({
      field: z.string().max(40),
      reason: z.enum(NULL_REASONS),
      ports: z.union([z.literal('*'), z.array(z.int().min(0).max(PORTS_MAX))]),
    }),
  )
  .max(200);
export type NullReasons = z.infer<typeof NullReasons>;
