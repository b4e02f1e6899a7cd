export { ActionList } from './action-list.tsx';
export { GatewayActions } from './gateway-actions.tsx';
export { PortActions } from './port-actions.tsx';
