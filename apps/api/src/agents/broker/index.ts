export { AgentLink, type PresenceDelivery, type UpDelivery } from './agent-link.ts';
export { endConnection } from './end-connection.ts';
export { BrokerModule } from './broker.module.ts';
