import type {
  AdminState,
  CallState,
  FaultReason,
  HookState,
  LineDeviceClass,
  OperState,
  PortHealthReason,
  PortKind,
  PortMeasure,
  PortStateField,
  RegistrationState,
  Severity,
} from '@loopstart/domain';

/** Every word the console says about ports. A state is named the same wherever it appears. */

export const SEVERITY_WORDS: Record<Severity, string> = {
  ok: 'OK',
  info: 'Notice',
  minor: 'Minor',
  major: 'Major',
  critical: 'Critical',
  unknown: 'Unknown',
};

export const KIND_WORDS: Record<PortKind, string> = { fxs: 'FXS', fxo: 'FXO' };

export const LINE_DEVICE_WORDS: Record<LineDeviceClass, string> = {
  phone: 'Phone',
  fax: 'Fax',
  'alarm-panel': 'Alarm panel',
  'lift-phone': 'Lift phone',
  'door-entry': 'Door entry',
  paging: 'Paging',
  'card-terminal': 'Card terminal',
  modem: 'Modem',
  unused: 'Not used',
  unknown: 'Not known',
};

export const ADMIN_WORDS: Record<AdminState, string> = {
  unlocked: 'Unlocked',
  'shutting-down': 'Shutting down',
  locked: 'Locked',
};

export const OPER_WORDS: Record<OperState, string> = {
  'in-service': 'In service',
  'out-of-service': 'Out of service',
  testing: 'Under test',
};

export const HOOK_WORDS: Record<HookState, string> = { 'on-hook': 'On hook', 'off-hook': 'Off hook' };

export const CALL_WORDS: Record<CallState, string> = {
  idle: 'Idle',
  dialling: 'Dialling',
  'ring-back': 'Calling',
  ringing: 'Ringing',
  talking: 'Talking',
  hold: 'On hold',
  'busy-tone': 'Busy tone',
  conference: 'Conference',
  'receiver-off-hook': 'Receiver left off hook',
  'in-use': 'In use',
  seizing: 'Seizing',
};

export const REGISTRATION_WORDS: Record<RegistrationState, string> = {
  registered: 'Registered',
  registering: 'Registering',
  unregistered: 'Not registered',
  'auth-failed': 'Password refused',
  rejected: 'Registration rejected',
  unreachable: 'Registrar unreachable',
  'not-used': 'Does not register',
};

export const FAULT_WORDS: Record<FaultReason, string> = {
  none: 'No fault',
  'no-line-device': 'Nothing plugged in',
  'short-circuit': 'Short circuit',
  'ground-fault': 'Ground fault',
  'foreign-voltage': 'Foreign voltage on the line',
  'over-temperature': 'Too hot',
  'thermal-shutdown': 'Switched off by heat',
  'over-current': 'Too much current',
  'hardware-failure': 'Hardware failure',
  'ring-failure': 'Cannot ring',
  'no-exchange-line': 'No exchange line',
  'line-test-failed': 'Line test failed',
  'link-down': 'Link down',
};

/** A fault in at most two short words, for the faceplate. */
export const FAULT_SHORT: Record<FaultReason, string> = {
  none: 'OK',
  'no-line-device': 'No plug',
  'short-circuit': 'Short',
  'ground-fault': 'Ground',
  'foreign-voltage': 'Foreign V',
  'over-temperature': 'Hot',
  'thermal-shutdown': 'Heat off',
  'over-current': 'Overload',
  'hardware-failure': 'Hardware',
  'ring-failure': 'No ring',
  'no-exchange-line': 'No line',
  'line-test-failed': 'Test failed',
  'link-down': 'Link down',
};

export const HEALTH_WORDS: Record<PortHealthReason, string> = {
  working: 'Working',
  'in-use': 'In use',
  unused: 'Not used',
  locked: 'Locked',
  'receiver-off-hook': 'Receiver left off hook',
  registering: 'Registering',
  unregistered: 'Not registered',
  'registration-failed': 'Registration failed',
  'line-fault': 'Line fault',
  'out-of-service': 'Out of service',
  testing: 'Under test',
  'nothing-known': 'Nothing known',
};

export const FIELD_WORDS: Record<PortStateField, string> = {
  admin: 'Lock',
  oper: 'Service',
  hook: 'Hook',
  call: 'Call',
  registration: 'Registration',
  fault: 'Fault',
};

const VALUE_WORDS: Record<PortStateField, Record<string, string>> = {
  admin: ADMIN_WORDS,
  oper: OPER_WORDS,
  hook: HOOK_WORDS,
  call: CALL_WORDS,
  registration: REGISTRATION_WORDS,
  fault: FAULT_WORDS,
};

/** The word for a state value, the value itself where it is from a newer vocabulary, "Unknown" for null. */
export function stateWord(field: string, value: string | null): string {
  if (value === null) return 'Unknown';
  return VALUE_WORDS[field as PortStateField]?.[value] ?? value;
}

/** Measures in the order in which they are shown. */
export const MEASURE_ORDER: readonly PortMeasure[] = [
  'lineVoltageV',
  'loopCurrentMa',
  'ringVoltageV',
  'jitterMs',
  'packetLossPercent',
];
