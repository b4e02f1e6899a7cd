export { ActionList } from './action-list.tsx';
export { GatewayActions } from './gateway-actions.tsx';
export { PortActions } from './port-actions.tsx';
export { LineTestResult } from './line-test-result.tsx';
export { useLastLineTest } from './queries.ts';
