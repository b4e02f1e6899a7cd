export { PolicyRepository } from './policy.repository.ts';
export { SetupModule } from './setup.module.ts';
