import type { AlertSeverity, Policy, PolicyInput, PolicyTarget } from '@loopstart/contracts';
import type { z } from 'zod';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { minutesOf, numberOf, waitOf, type WaitUnit } from '../../lib/forms/wait.ts';
import { matchDraftOf, type MatchDraft, matchOf } from '../matching/index.ts';
import { t } from '../../messages/policies.ts';

/** A target as one value of a choice: `channel:<id>`, `all-channels`. */
export type TargetKey = string;

export interface StepDraft {
  /** Tells steps apart while they are moved; never sent. */
  key: string;
  wait: string;
  unit: WaitUnit;
  targets: TargetKey[];
}

export interface HoursDraft {
  on: boolean;
  timeZone: string;
  from: string;
  to: string;
  weekdays: number[];
  severities: AlertSeverity[];
}

export interface DigestDraft {
  on: boolean;
  timeZone: string;
  at: string;
  weekdays: number[];
  severities: AlertSeverity[];
  targets: TargetKey[];
}

/** A policy as it is edited. */
export interface PolicyDraft {
  name: string;
  isDefault: boolean;
  match: MatchDraft;
  steps: StepDraft[];
  times: string;
  every: string;
  everyUnit: WaitUnit;
  quiet: HoursDraft;
  digest: DigestDraft;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

export function newPolicyDraft(zone: string, key: string): PolicyDraft {
  return {
    name: '',
    isDefault: false,
    match: matchDraftOf({}),
    steps: [{ key, wait: '0', unit: 'minutes', targets: [] }],
    times: '0',
    every: '30',
    everyUnit: 'minutes',
    quiet: {
      on: false,
      timeZone: zone,
      from: '22:00',
      to: '07:00',
      weekdays: EVERY_DAY,
      severities: ['minor', 'info'],
    },
    digest: { on: false, timeZone: zone, at: '08:00', weekdays: [1, 2, 3, 4, 5], severities: ['info'], targets: [] },
  };
}

/** A stored policy; what it does not use begins as in a new one. */
export function policyDraftOf(policy: Policy, zone: string, newKey: () => string): PolicyDraft {
  const fresh = newPolicyDraft(zone, newKey());
  const every = waitOf(policy.repeat.everyMinutes);
  return {
    ...fresh,
    name: policy.name,
    isDefault: policy.isDefault,
    match: matchDraftOf(policy.match),
    steps: policy.steps.map((step) => ({
      key: newKey(),
      ...waitOf(step.waitMinutes),
      targets: step.targets.map(keyOf),
    })),
    times: String(policy.repeat.times),
    every: every.wait,
    everyUnit: every.unit,
    quiet: policy.quietHours === null ? fresh.quiet : { on: true, ...policy.quietHours },
    digest:
      policy.digest === null ? fresh.digest : { on: true, ...policy.digest, targets: policy.digest.targets.map(keyOf) },
  };
}

/** What is sent for a draft; it still has to pass the contract's schema. */
export function policyInputOf(draft: PolicyDraft): z.input<typeof PolicyInput> {
  const { on: quietOn, ...quiet } = draft.quiet;
  const { on: digestOn, ...digest } = draft.digest;
  return {
    name: draft.name,
    isDefault: draft.isDefault,
    match: draft.isDefault ? {} : matchOf(draft.match),
    steps: draft.steps.map(({ wait, unit, targets }) => ({
      waitMinutes: minutesOf(wait, unit),
      targets: targets.map(targetOf),
    })),
    repeat: { times: numberOf(draft.times), everyMinutes: minutesOf(draft.every, draft.everyUnit) },
    quietHours: quietOn ? quiet : null,
    digest: digestOn ? { ...digest, targets: digest.targets.map(targetOf) } : null,
  };
}

/** What the schema alone does not see. */
export function checkPolicy(input: z.output<typeof PolicyInput>): FieldErrors {
  const errors: FieldErrors = {};
  const { quietHours, digest } = input;
  if (quietHours !== null && quietHours.from === quietHours.to && new Set(quietHours.weekdays).size === 7)
    errors['quietHours.to'] = t('quietHoursNoEnd');
  const both = quietHours?.severities.filter((one) => digest?.severities.includes(one)) ?? [];
  if (both.length > 0) errors['digest.severities'] = t('incidentsDigestNotNeed');
  return errors;
}

export function keyOf(target: PolicyTarget): TargetKey {
  switch (target.type) {
    case 'all-channels':
      return target.type;
    case 'channel':
      return `channel:${target.channelId}`;
    case 'schedule':
      return `schedule:${target.scheduleId}`;
    case 'person':
      return `person:${target.userId}`;
  }
}

export function targetOf(key: TargetKey): PolicyTarget {
  const [type, id = ''] = key.split(':');
  if (type === 'channel') return { type, channelId: id };
  if (type === 'schedule') return { type, scheduleId: id };
  if (type === 'person') return { type, userId: id };
  return { type: 'all-channels' };
}
