export { DriversModule } from './drivers.module.ts';
