export { Factors } from './factors.service.ts';
export { FactorsModule } from './factors.module.ts';
export { forgetFactors } from './forget-factors.ts';
