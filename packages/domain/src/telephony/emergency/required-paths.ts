import { type ClassOfService, type DialPlan, type EmergencyNumber } from '../dial-plan/plan.ts';
import { countryEmergency } from './countries.ts';

/** What a line must always reach. */
export const REQUIRED_KINDS = ['emergency', 'alarm-receiver', 'lift-centre'] as const;
export type RequiredKind = (typeof REQUIRED_KINDS)[number];

/** A number that a device on a line dials: an alarm receiver or a lift centre. */
export interface RequiredNumber {
  /** Keys as the device dials them, with an outside-line digit if it dials one. */
  readonly dialled: string;
  /** What the call server must get; null where it is what the plan makes of it. */
  readonly sendAs: string | null;
}

/** Keys that must lead to a call, and to which number. */
export interface RequiredPath {
  readonly kind: RequiredKind;
  readonly dialled: string;
  /** Numbers of which the call server must get one; empty: what the plan makes of it. */
  readonly sendAs: readonly string[];
}

/** A port for which the paths are checked. */
export interface GatePort {
  readonly plan: DialPlan;
  readonly service: ClassOfService;
  readonly alarmReceivers: readonly RequiredNumber[];
  readonly liftCentres: readonly RequiredNumber[];
}

/** The emergency numbers of a site: those of its country and its own; a number of the site overrides how it is sent. */
export function siteEmergencyNumbers(
  country: string | null,
  additions: readonly EmergencyNumber[] = [],
): readonly EmergencyNumber[] {
  const known = (country === null ? null : countryEmergency(country))?.numbers ?? [];
  const numbers = new Map<string, EmergencyNumber>(known.map((number) => [number, { number, sendAs: null }]));
  for (const one of additions) numbers.set(one.number, one);
  return [...numbers.values()];
}

/** Every form in which people dial a number: as it is, and after the outside-line digit that they are used to. */
export const dialledForms = (number: string, outsideLineDigit: string | null): readonly string[] =>
  outsideLineDigit === null ? [number] : [number, outsideLineDigit + number];

/** Everything that must be reached from a port. */
export function requiredPaths({ plan, alarmReceivers, liftCentres }: GatePort): readonly RequiredPath[] {
  const { outsideLineDigit, serverTakesOutsideLineDigit } = plan;
  const devices = (kind: RequiredKind, numbers: readonly RequiredNumber[]): RequiredPath[] =>
    numbers.map(({ dialled, sendAs }) => ({ kind, dialled, sendAs: sendAs === null ? [] : [sendAs] }));
  const emergency = plan.emergencyNumbers.flatMap(({ number, sendAs, internal }) =>
    dialledForms(number, internal === true ? null : outsideLineDigit).map((dialled): RequiredPath => {
      const expected = sendAs ?? number;
      const withDigit = dialled !== number && serverTakesOutsideLineDigit === true;
      return { kind: 'emergency', dialled, sendAs: withDigit ? [expected, outsideLineDigit + expected] : [expected] };
    }),
  );
  return [...emergency, ...devices('alarm-receiver', alarmReceivers), ...devices('lift-centre', liftCentres)];
}
