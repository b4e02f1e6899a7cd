export { GATEWAY_COLUMNS, GATEWAY_COLUMNS_OF_SITE } from './columns.tsx';
export { GatewayFilters } from './filters.schema.ts';
export { GatewayPage } from './gateway-page.tsx';
export { GatewaySkeleton } from './gateway-skeleton.tsx';
export { GatewaysPage } from './gateways-page.tsx';
export { gatewayQuery, gatewaysQuery } from './queries.ts';
export { ReadingBanner } from './reading-banner.tsx';
export { useGateway } from './use-gateway.ts';
