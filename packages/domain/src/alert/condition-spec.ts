import type { Severity } from '../health/severity.ts';
import type { ConditionKind, SubjectType } from './kinds.ts';

/** A number an operator may set for a kind. Units are part of the name. */
export interface ParameterSpec {
  label: string;
  unit: string;
  default: number;
  min: number;
  max: number;
}

export interface ConditionSpec {
  kind: ConditionKind;
  subject: SubjectType;
  /** Short name, as in a table. */
  title: string;
  /** What it means for the people on the line, in one sentence. */
  means: string;
  /** What to do first, in one sentence. */
  firstStep: string;
  /** Severity before the line device class has its say. */
  severity: Exclude<Severity, 'ok' | 'unknown'>;
  /** `raiseAfterS`, `clearAfterS` and what else the rule compares with. */
  parameters: Readonly<Record<string, ParameterSpec>>;
}

export const seconds = (label: string, value: number, max = 86_400): ParameterSpec => ({
  label,
  unit: 's',
  default: value,
  min: 0,
  max,
});
export const number = (label: string, unit: string, value: number, min: number, max: number): ParameterSpec => ({
  label,
  unit,
  default: value,
  min,
  max,
});
export const durations = (raiseAfterS: number, clearAfterS: number) => ({
  raiseAfterS: seconds('Bad for so long before it is an alert', raiseAfterS, 604_800),
  clearAfterS: seconds('Good for so long before it is resolved', clearAfterS, 86_400),
});
