import type { SecretBox } from '../../../core/secret/secret-box.ts';
import { action } from './action.ts';
import { agentSettings } from './agent-settings.ts';
import type { AnyDesiredState } from './desired-state-kind.ts';
import { merges } from './merges.ts';

/** Dependencies of the kinds; a new kind takes from here what it needs. */
export interface KindDependencies {
  box: SecretBox;
}

/** Every kind of desired state, in the order in which it is sent. */
export function desiredStates({ box }: KindDependencies): AnyDesiredState[] {
  return [agentSettings(box), merges, action];
}
