export { type AgentSignal, AgentSignals } from './agent-signals.ts';
export { AgentsModule } from './agents.module.ts';
export { openTarget, type TargetRow } from './target-access.ts';
export { ReplacementRepository } from './replacement.repository.ts';
