export { AgentLink, type PresenceDelivery, type UpDelivery } from './agent-link.ts';
export { BrokerModule } from './broker.module.ts';
