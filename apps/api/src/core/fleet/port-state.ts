import {
  ADMIN_STATES,
  CALL_STATES,
  FAULT_REASONS,
  fromCode,
  HOOK_STATES,
  OPER_STATES,
  type PortState,
  REGISTRATION_STATES,
} from '@loopstart/domain';

type Codes = (number | null)[] | null;

/** The state columns of a gateway, as stored: codes in port order. */
export interface StateArrays {
  admin: Codes;
  oper: Codes;
  hook: Codes;
  call: Codes;
  registration: Codes;
  fault: Codes;
}

/** The state of the port at `ordinal` out of the arrays of its gateway. */
export function portStateAt(arrays: StateArrays, ordinal: number): PortState {
  return {
    admin: fromCode(ADMIN_STATES, arrays.admin?.[ordinal]),
    oper: fromCode(OPER_STATES, arrays.oper?.[ordinal]),
    hook: fromCode(HOOK_STATES, arrays.hook?.[ordinal]),
    call: fromCode(CALL_STATES, arrays.call?.[ordinal]),
    registration: fromCode(REGISTRATION_STATES, arrays.registration?.[ordinal]),
    fault: fromCode(FAULT_REASONS, arrays.fault?.[ordinal]),
  };
}
