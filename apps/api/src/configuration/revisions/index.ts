export { RevisionsModule } from './revisions.module.ts';
