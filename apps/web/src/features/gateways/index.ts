export { GatewayPage } from './gateway-page.tsx';
export { GatewaySkeleton } from './gateway-skeleton.tsx';
export { GatewaysPage } from './list/gateways-page.tsx';
export { GATEWAYS, gatewaysOfSite } from './list/list.ts';
export { SiteGateways } from './list/site-gateways.tsx';
export { gatewayQuery } from './queries.ts';
export { ReadingBanner } from './reading-banner.tsx';
export { useGateway } from './use-gateway.ts';
