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
import { t } from '../../messages/states.ts';

/** Every word the console says about ports. A state is named the same wherever it appears. */

export const SEVERITY_WORDS: Record<Severity, string> = t.group('severity');

export const KIND_WORDS: Record<PortKind, string> = t.group('portKind');

export const LINE_DEVICE_WORDS: Record<LineDeviceClass, string> = t.group('lineDevice');

export const ADMIN_WORDS: Record<AdminState, string> = t.group('admin');

export const OPER_WORDS: Record<OperState, string> = t.group('oper');

export const HOOK_WORDS: Record<HookState, string> = t.group('hook');

export const CALL_WORDS: Record<CallState, string> = t.group('call');

export const REGISTRATION_WORDS: Record<RegistrationState, string> = t.group('registration');

export const FAULT_WORDS: Record<FaultReason, string> = t.group('faultReason');

/** A fault in at most two short words, for the faceplate. */
export const FAULT_SHORT: Record<FaultReason, string> = t.group('faultShort');

export const HEALTH_WORDS: Record<PortHealthReason, string> = t.group('health');

export const FIELD_WORDS: Record<PortStateField, string> = t.group('field');

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
  if (value === null) return t('unknown');
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
