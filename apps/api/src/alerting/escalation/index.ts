export { EscalationModule } from './escalation.module.ts';
export { Escalations } from './escalation.service.ts';
export { type PolicyWorld, PolicyWorldRepository, type StoredPolicy } from './policy-world.repository.ts';
