export { AgentDirectory } from './agent-directory.ts';
export { wirePosition, type WirePositions } from './decide/port-numbers.ts';
export { IngestModule } from './ingest.module.ts';
export { GatewayContextRepository } from './store/gateway-context.repository.ts';
