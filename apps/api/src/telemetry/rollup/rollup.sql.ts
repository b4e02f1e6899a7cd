/** Measures of a port that are rolled up, as columns of gateway_sample; `_min`, `_avg`, `_max` of each in the roll-ups. */
const PORT_COLUMNS = [
  'line_voltage_v',
  'loop_current_ma',
  'ring_voltage_v',
  'jitter_ms',
  'packet_loss_percent',
] as const;
/** Measures of the gateway itself. */
const GATEWAY_COLUMNS = ['temperature_c', 'cpu_percent', 'memory_percent', 'active_calls'] as const;
const AGGREGATES = ['min', 'avg', 'max'] as const;

const targets = [...PORT_COLUMNS, ...GATEWAY_COLUMNS].flatMap((column) =>
  AGGREGATES.map((aggregate) => `${column}_${aggregate}`),
);
const list = (items: readonly string[]): string => items.join(', ');

/** Arrays in port order; null where the measure was not taken at any port. */
const arrays = list(
  PORT_COLUMNS.flatMap((column) =>
    AGGREGATES.map(
      (aggregate) =>
        `case when count(${column}_${aggregate}) > 0 then array_agg(${column}_${aggregate} order by o) end as ${column}_${aggregate}`,
    ),
  ),
);

const upsert = (table: string): string => `
  insert into ${table} (operator_id, gateway_id, bucket, revision, samples, ${list(targets)})
  select g.operator_id, g.gateway_id, $1, g.revision, g.samples, ${list(PORT_COLUMNS.flatMap((column) => AGGREGATES.map((aggregate) => `a.${column}_${aggregate}`)))},
    ${list(GATEWAY_COLUMNS.flatMap((column) => AGGREGATES.map((aggregate) => `g.${column}_${aggregate}`)))}
  from per_gateway g left join per_port_arrays a using (gateway_id)
  on conflict (gateway_id, bucket) do update set revision = excluded.revision, samples = excluded.samples, ${list(targets.map((target) => `${target} = excluded.${target}`))}`;

/**
 * One hour from the samples: $1 = start, $2 = end. Samples of an older port layout than the hour's last are left out,
 * since their arrays have another order.
 */
export const ROLL_UP_HOUR = `
  with latest as (
    select gateway_id, max(revision) as revision from gateway_sample where taken_at >= $1 and taken_at < $2 group by gateway_id
  ), sample as (
    select s.* from gateway_sample s join latest using (gateway_id, revision) where s.taken_at >= $1 and s.taken_at < $2
  ), per_port as (
    select s.gateway_id, u.o, ${list(PORT_COLUMNS.flatMap((column) => AGGREGATES.map((aggregate) => `${aggregate}(u.${column})::real as ${column}_${aggregate}`)))}
    from sample s cross join lateral unnest(${list(PORT_COLUMNS.map((column) => `s.${column}`))}) with ordinality as u(${list(PORT_COLUMNS)}, o)
    group by s.gateway_id, u.o
  ), per_port_arrays as (
    select gateway_id, ${arrays} from per_port group by gateway_id
  ), per_gateway as (
    select operator_id, gateway_id, revision, count(*)::int as samples,
      ${list(GATEWAY_COLUMNS.flatMap((column) => AGGREGATES.map((aggregate) => `${aggregate}(${column})::real as ${column}_${aggregate}`)))}
    from sample group by operator_id, gateway_id, revision
  ) ${upsert('gateway_hour')}`;

/** A mean of means, each weighted by its samples; null where there is none. `from` is the source of the column. */
const weighed = (from: string, column: string): string =>
  `(sum(${from}.${column}_avg * samples) / nullif(sum(samples) filter (where ${from}.${column}_avg is not null), 0))::real as ${column}_avg`;
const combined = (from: string, column: string): string =>
  `min(${from}.${column}_min) as ${column}_min, ${weighed(from, column)}, max(${from}.${column}_max) as ${column}_max`;

/** One day from its hours: $1 = start, $2 = end. */
export const ROLL_UP_DAY = `
  with latest as (
    select gateway_id, max(revision) as revision from gateway_hour where bucket >= $1 and bucket < $2 group by gateway_id
  ), hour as (
    select h.* from gateway_hour h join latest using (gateway_id, revision) where h.bucket >= $1 and h.bucket < $2
  ), per_port as (
    select h.gateway_id, u.o, ${list(PORT_COLUMNS.map((column) => combined('u', column)))}
    from hour h cross join lateral unnest(${list(PORT_COLUMNS.flatMap((column) => AGGREGATES.map((aggregate) => `h.${column}_${aggregate}`)))})
      with ordinality as u(${list(PORT_COLUMNS.flatMap((column) => AGGREGATES.map((aggregate) => `${column}_${aggregate}`)))}, o)
    group by h.gateway_id, u.o
  ), per_port_arrays as (
    select gateway_id, ${arrays} from per_port group by gateway_id
  ), per_gateway as (
    select operator_id, gateway_id, revision, sum(samples)::int as samples, ${list(GATEWAY_COLUMNS.map((column) => combined('hour', column)))}
    from hour group by operator_id, gateway_id, revision
  ) ${upsert('gateway_day')}`;
