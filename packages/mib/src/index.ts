export type { AgentFacts, GatewayFacts, Measured, PortFacts } from './facts.ts';
export { type GatewayRow, type Instance, instancesOf } from './instances.ts';
export { DEFAULT_ENTERPRISE, objectsOid } from './oids.ts';
export { mibPage } from './page.ts';
export { mibText } from './smi.ts';
