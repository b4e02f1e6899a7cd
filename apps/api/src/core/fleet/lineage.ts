/**
 * SQL: the gateways whose history belongs to gateway `id` (a parameter such as `$1`): itself, and those it replaced. A
 * subquery, so that it is evaluated once and rows are found by their index.
 */
export const lineageOf = (id: string): string => `any ((select gateway_lineage(${id}))::uuid[])`;

/** SQL: rows `(gateway_id, position)` whose history belongs to a line: its own, and those of the lines it replaced. */
export const linesOf = (id: string, position: string): string =>
  `(select ${id}::uuid as gateway_id, ${position}::int as "position"
    union all select of_gateway_id, of_position from port_predecessor where gateway_id = ${id} and "position" = ${position})`;

/** SQL: the gateways whose histories are those of any of the gateways `ids` (a parameter that is an array). */
export const lineagesOf = (ids: string): string =>
  `any ((select array_agg(of) from unnest(${ids}::uuid[]) id, unnest(gateway_lineage(id)) of)::uuid[])`;

/** SQL: rows `(gateway_id, position)` whose history is that of the line with this position of any of the gateways. */
export const linesOfAny = (ids: string, position: string): string =>
  `(select id, ${position}::int from unnest(${ids}::uuid[]) id
    union all select of_gateway_id, of_position from port_predecessor where gateway_id = any (${ids}::uuid[]) and "position" = ${position}::int)`;
