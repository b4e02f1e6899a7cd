import type { ActionService } from '../actions/action-service.ts';
import type { ReconcileOf } from './reconciler.ts';

/** Actions: carried out once, and reported by their progress. */
export function actionReconcile(actions: Pick<ActionService, 'start' | 'accept'>): ReconcileOf<'action'> {
  return { kind: 'action', resume: () => actions.start(), accept: (request) => actions.accept(request) };
}
