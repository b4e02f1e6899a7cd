export { RevisionRepository } from './revision.repository.ts';
export { RevisionsModule } from './revisions.module.ts';
