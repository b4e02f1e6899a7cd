export { type BroughtEdit, BringInService } from './bring-in.service.ts';
export { DraftRepository } from './draft.repository.ts';
export { DraftsModule } from './drafts.module.ts';
export { EditRepository } from './edit.repository.ts';
export { fingerprintOf } from './fingerprint.ts';
