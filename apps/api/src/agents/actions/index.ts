export { actionSubject, emergencyCalls } from './action-subject.ts';
export { ACTION_COLUMNS, ActionRepository, toAction } from './action.repository.ts';
export { ActionService } from './action.service.ts';
export { ActionsModule } from './actions.module.ts';
