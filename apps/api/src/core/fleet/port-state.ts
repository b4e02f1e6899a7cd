import {
  ADMIN_STATES,
  CALL_STATES,
  FAULT_REASONS,
  fromCode,
  HOOK_STATES,
  OPER_STATES,
  type PortState,
  type PortStateField,
  REGISTRATION_STATES,
} from '@loopstart/domain';

type Code = number | null;

/** The state of one port, as stored: codes. */
export type PortCodes = Record<PortStateField, Code>;

/** The state columns of a gateway, as stored: codes in port order. */
export type StateArrays = Record<PortStateField, Code[] | null>;

/** The words for the codes of one port's state. */
export function portStateOf(codes: Partial<PortCodes>): PortState {
  return {
    admin: fromCode(ADMIN_STATES, codes.admin),
    oper: fromCode(OPER_STATES, codes.oper),
    hook: fromCode(HOOK_STATES, codes.hook),
    call: fromCode(CALL_STATES, codes.call),
    registration: fromCode(REGISTRATION_STATES, codes.registration),
    fault: fromCode(FAULT_REASONS, codes.fault),
  };
}

/** The state of the port at `ordinal` from the arrays of its gateway. */
export function portStateAt(arrays: StateArrays, ordinal: number): PortState {
  const at = (column: Code[] | null): Code => column?.[ordinal] ?? null;
  return portStateOf({
    admin: at(arrays.admin),
    oper: at(arrays.oper),
    hook: at(arrays.hook),
    call: at(arrays.call),
    registration: at(arrays.registration),
    fault: at(arrays.fault),
  });
}
