import type { PolicyInput } from '@loopstart/contracts';
import { isAlways, type Target, type TellWorld } from '@loopstart/domain';

export interface PolicyFault {
  path: string;
  expected: string;
}

/** Faults of a policy beyond its schema: contradictory rules. */
export function policyFaults(input: PolicyInput): PolicyFault[] {
  const faults: PolicyFault[] = [];
  if (input.isDefault && Object.values(input.match).some((value) => value !== undefined))
    faults.push({ path: 'body.match', expected: 'nothing: the default takes what no other policy takes' });
  if (input.quietHours !== null && isAlways(input.quietHours))
    faults.push({ path: 'body.quietHours', expected: 'hours that end' });
  return faults;
}

/** Targets of the policy that the operator does not have. */
export function unknownTargets(input: PolicyInput, world: TellWorld): PolicyFault[] {
  const isThere = (target: Target): boolean => {
    switch (target.type) {
      case 'all-channels':
        return true;
      case 'channel':
        return world.channels.some(({ id }) => id === target.channelId);
      case 'schedule':
        return world.schedules.some(({ id }) => id === target.scheduleId);
      case 'person':
        return world.users.some(({ id }) => id === target.userId);
    }
  };
  const missing = (path: string, targets: readonly Target[]) =>
    targets.flatMap((target, index) =>
      isThere(target) ? [] : [{ path: `${path}.targets.${index}`, expected: `a ${target.type} of yours` }],
    );
  return [
    ...input.steps.flatMap(({ targets }, index) => missing(`body.steps.${index}`, targets)),
    ...(input.digest === null ? [] : missing('body.digest', input.digest.targets)),
  ];
}
