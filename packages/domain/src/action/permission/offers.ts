import { ACTION_TYPES, PORT_ACTIONS, type ActionType } from '../actions.ts';
import { permission, type PermissionSubject, type Permission } from './permission.ts';
import { REFUSALS } from './refusals.ts';

export interface Offer extends Permission {
  type: ActionType;
}

/**
 * Actions offered for a port (or, with null, for the whole gateway) before any confirmation. An action that the model
 * lacks or that would change nothing is not offered; an action that is refused now is offered with the reason.
 */
export function offersFor(position: number | null, subject: PermissionSubject, mayAct: boolean): Offer[] {
  return ACTION_TYPES.filter((type) => PORT_ACTIONS.has(type) === (position !== null)).flatMap((type) => {
    const asked = { type, position, lifeSafetyConfirmed: false, overridden: false };
    // The offer does not depend on the person.
    const { refusal } = permission({ ...asked, mayAct: true }, subject);
    if (refusal?.code === 'unsupported' || (refusal !== null && REFUSALS[refusal.code].kind === 'pointless')) return [];
    return [{ type, ...permission({ ...asked, mayAct }, subject) }];
  });
}
