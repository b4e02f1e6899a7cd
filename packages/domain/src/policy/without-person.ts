import type { DigestRule, EscalationStep, Target } from './policy.ts';

const names = (userId: string) => (target: Target) => target.type === 'person' && target.userId === userId;

/**
 * Layers without a person. A layer in which nobody is left is left out, so that the layers below it show through; a
 * schedule of no layers has nobody on call.
 */
export function layersWithout<L extends { userIds: readonly string[] }>(layers: readonly L[], userId: string): L[] {
  return layers
    .map((layer) => ({ ...layer, userIds: layer.userIds.filter((id) => id !== userId) }))
    .filter(({ userIds }) => userIds.length > 0);
}

/** Whom a policy notifies, as far as people are concerned. */
export interface PolicyPeople {
  steps: readonly EscalationStep[];
  digest: DigestRule | null;
}

/**
 * A policy without a person. A step that notified nobody else goes, and its wait is added to the next one, which keeps its
 * time. The last step that is left keeps its targets, and so does a digest: a policy has both or is none, and a person who
 * is no member is not notified. `empty`: it notifies nobody by its steps.
 */
export function policyWithout(policy: PolicyPeople, userId: string): PolicyPeople & { empty: boolean } {
  const named = names(userId);
  const steps: EscalationStep[] = [];
  let waitMinutes = 0;
  for (const step of policy.steps) {
    const targets = step.targets.filter((target) => !named(target));
    waitMinutes += step.waitMinutes;
    if (targets.length === 0) continue;
    steps.push({ ...step, waitMinutes, targets });
    waitMinutes = 0;
  }
  const digest =
    policy.digest === null
      ? null
      : {
          ...policy.digest,
          targets: keepOne(
            policy.digest.targets.filter((target) => !named(target)),
            policy.digest.targets,
          ),
        };
  return { steps: keepOne(steps, policy.steps), digest, empty: steps.length === 0 };
}

const keepOne = <T>(left: readonly T[], all: readonly T[]): readonly T[] => (left.length === 0 ? all : left);

/** Whether a policy names the person at all. */
export function policyNames({ steps, digest }: PolicyPeople, userId: string): boolean {
  return [...steps.flatMap(({ targets }) => targets), ...(digest?.targets ?? [])].some(names(userId));
}
