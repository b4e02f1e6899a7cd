/**
 * SQL: the gateways whose history is that of gateway `id` (a parameter such as `$1`): itself, and those it took over from.
 * A subquery, so that it is found once and rows are found by their index.
 */
export const lineageOf = (id: string): string => `any ((select gateway_lineage(${id}))::uuid[])`;

/** SQL: rows `(gateway_id, position)` whose history is that of a line: its own, and those of the lines it took over. */
export const linesOf = (id: string, position: string): string =>
  `(select ${id}::uuid as gateway_id, ${position}::int as "position"
    union all select of_gateway_id, of_position from port_predecessor where gateway_id = ${id} and "position" = ${position})`;
