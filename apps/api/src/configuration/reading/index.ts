export { ReadingModule } from './reading.module.ts';
