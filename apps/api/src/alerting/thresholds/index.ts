export { ThresholdsModule } from './thresholds.module.ts';
