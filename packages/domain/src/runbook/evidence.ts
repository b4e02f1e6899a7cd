import type { LineTestReason } from '../line-test/vocabulary.ts';
import type { NullReason } from '../line/vocabulary.ts';
import type {
  AdminState,
  CallState,
  FaultReason,
  HookState,
  LineDeviceClass,
  OperState,
  RegistrationState,
} from '../line/vocabulary.ts';

/** The symptoms that callers report: the four classic troubles of analogue lines. */
export const SYMPTOMS = ['no-dial-tone', 'one-way-audio', 'no-ring', 'fax-failures'] as const;
export type Symptom = (typeof SYMPTOMS)[number];

/** All evidence of runbooks, with the type of each value. Units are part of the name. */
export interface EvidenceValues {
  lineDeviceClass: LineDeviceClass;
  admin: AdminState;
  oper: OperState;
  hook: HookState;
  call: CallState;
  fault: FaultReason;
  /** Whether the line may be interrupted now, once a person has confirmed that; null where unknown. */
  mayInterrupt: boolean;
  registration: RegistrationState;
  /** Whether the last line test passed or failed; null where it came to no verdict. */
  lineTestPassed: boolean;
  lineTestReason: LineTestReason;
  /** The same in plain sentences. */
  lineTestText: string;
  lineVoltageV: number;
  loopCurrentMa: number;
  ringVoltageV: number;
  jitterMs: number;
  packetLossPercent: number;
  /** Share of failed calls of the last six hours, where the gateway counts. */
  failedCallsPercent: number;
  callsLastSixHours: number;
  signalling: string;
  impedance: string;
  countryProfile: string;
  /** Country of the site, by its time zone: the profile should fit it. */
  siteTimeZone: string;
  codecs: readonly string[];
  t38: boolean;
  /** Changes of state within the last 24 hours. */
  stateChangesLastDay: number;
  /** Hours since the config, the firmware or the uptime of the gateway changed; absent when longer than a week ago. */
  configChangedHoursAgo: number;
  firmwareChangedHoursAgo: number;
  restartedHoursAgo: number;
  /** Other ports of the same gateway in use, and how many of them are not well. */
  neighboursInUse: number;
  neighboursWrong: number;
  /** Title of the gateway, agent or site alert that explains more than this line. */
  widerTrouble: string;
}
export type EvidenceKey = keyof EvidenceValues;

/** One piece of evidence. An unavailable value is null, with the reason. */
export interface EvidenceItem<K extends EvidenceKey = EvidenceKey> {
  key: K;
  value: EvidenceValues[K] | null;
  reason: NullReason | null;
  /** When it was read, ms; null where it is a setting. */
  at: number | null;
  source: 'poll' | 'line-test' | 'inventory' | 'history' | 'events' | 'neighbours' | 'alerts' | 'operator';
}

/** The value of a key; undefined when unknown. */
export function known<K extends EvidenceKey>(evidence: readonly EvidenceItem[], key: K): EvidenceValues[K] | undefined {
  const item = evidence.find((one) => one.key === key);
  return item?.value === null || item === undefined ? undefined : (item.value as EvidenceValues[K]);
}
