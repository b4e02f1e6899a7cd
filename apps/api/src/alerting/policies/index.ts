export { PoliciesModule } from './policies.module.ts';
export { SchedulesModule } from './schedules/schedules.module.ts';
