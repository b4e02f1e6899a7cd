import { ACTION_TYPES, PORT_ACTIONS, type ActionType } from '../actions.ts';
import { permission, type PermissionSubject, type Permission } from './permission.ts';
import { REFUSALS } from './refusals.ts';

export interface Offer extends Permission {
  type: ActionType;
}

/**
 * What may be asked of a port (or, with null, of the whole gateway) by somebody who has confirmed nothing yet. What the
 * model cannot do, and what is so already, is not offered; what may not be done now is, with its reason.
 */
export function offersFor(position: number | null, subject: PermissionSubject, mayAct: boolean): Offer[] {
  return ACTION_TYPES.filter((type) => PORT_ACTIONS.has(type) === (position !== null)).flatMap((type) => {
    const asked = { type, position, lifeSafetyConfirmed: false, overridden: false };
    // What there is to offer does not depend on who asks.
    const { refusal } = permission({ ...asked, mayAct: true }, subject);
    if (refusal?.code === 'unsupported' || (refusal !== null && REFUSALS[refusal.code].kind === 'pointless')) return [];
    return [{ type, ...permission({ ...asked, mayAct }, subject) }];
  });
}
