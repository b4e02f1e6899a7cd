export { Factors } from './factors.service.ts';
export { FactorsModule } from './factors.module.ts';
