export { ChangesRepository } from './changes.repository.ts';
export { RevisionsModule } from './revisions.module.ts';
