export { SeriesModule } from './series.module.ts';
