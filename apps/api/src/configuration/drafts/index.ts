export { DraftRepository } from './draft.repository.ts';
export { DraftsModule } from './drafts.module.ts';
