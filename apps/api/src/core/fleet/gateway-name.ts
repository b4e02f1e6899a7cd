/**
 * SQL: the name of gateway `alias`. The database composes it (`gateway_name`), because its lists are sorted by it too.
 */
export const gatewayName = (alias: string): string =>
  `gateway_name(${alias}.name, ${alias}.sys_name, ${alias}.vendor, ${alias}.model)`;
