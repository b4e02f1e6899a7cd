export { EscalationModule } from './escalation.module.ts';
export { Escalations } from './escalation.service.ts';
export { type PolicyWorld, PolicyWorldRepository } from './policy-world.repository.ts';
