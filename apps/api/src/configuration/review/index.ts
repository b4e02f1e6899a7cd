export { render, wishOf } from './gateway-plan.ts';
export { planOf, portPlans, countryOf, serviceOf } from './port-plans.ts';
export { Planner } from './planner.ts';
export { ReviewModule } from './review.module.ts';
export { ReviewService } from './review.service.ts';
