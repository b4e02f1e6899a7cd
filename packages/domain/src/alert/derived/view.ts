import { CONDITIONS } from '../conditions.ts';
import { conditionKey } from '../keys.ts';
import type { ConditionKind, SubjectType } from '../kinds.ts';
import { asGraveAs } from '../rules/life-safety.ts';
import { type Thresholds, valueOf } from '../thresholds.ts';
import type { AlertPlace, AlertRecord, ConditionKey, Observation, Topology, Verdict } from '../types.ts';

/** What a derived condition may ask. */
export interface View {
  now: number;
  topology: Topology;
  thresholds: Thresholds;
  records: {
    get(key: ConditionKey): AlertRecord | undefined;
    /** All that are not of a port. */
    aboveLines(): Iterable<AlertRecord>;
  };
  inMaintenance(place: AlertPlace): boolean;
}

/** Which condition is judged, and where. */
export interface About {
  kind: ConditionKind;
  subject: { type: SubjectType; id: string };
  where: AlertPlace;
}

/** A derived condition. `members` are the conditions it was derived from. */
export interface Judgement {
  verdict: Verdict;
  since: number;
  text: string;
  seen: Observation['evidence']['seen'];
  members?: readonly AlertRecord[];
}

export const NOWHERE: AlertPlace = {
  customerId: null,
  siteId: null,
  agentId: null,
  gatewayId: null,
  position: null,
  lineDeviceClass: null,
};

export function observation(
  view: View,
  { kind, subject, where }: About,
  { verdict, since, text, seen, members = [] }: Judgement,
): Observation {
  const setting = view.thresholds.at(kind, where);
  return {
    key: conditionKey(kind, subject),
    kind,
    subject,
    verdict,
    at: view.now,
    since,
    severity: asGraveAs(CONDITIONS[kind].severity, members),
    where,
    evidence: { text, seen, thresholds: setting.why },
    raiseAfterMs: valueOf(setting, 'raiseAfterS') * 1000,
    clearAfterMs: valueOf(setting, 'clearAfterS') * 1000,
  };
}

/** The condition as it is known, where it is bad: once it is, less than at its beginning keeps it so. */
export function standing({ records }: View, { kind, subject }: About): AlertRecord | null {
  const before = records.get(conditionKey(kind, subject));
  return before === undefined || before.phase === null || before.phase === 'recovering' ? null : before;
}
