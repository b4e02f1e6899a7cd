export { ActionList } from './action-list.tsx';
export { GatewayActions, PortActions } from './subject-actions.tsx';
export { LineTestResult } from './line-test-result.tsx';
export { requestAction } from './request-action.ts';
export { useLastLineTest } from './queries.ts';
