export { CsvModule } from './csv.module.ts';
