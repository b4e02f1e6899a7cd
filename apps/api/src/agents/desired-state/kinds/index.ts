import type { Secrets } from '../../../core/secret/secrets.ts';
import { action } from './action.ts';
import { agentSettings } from './agent-settings.ts';
import type { AnyDesiredState } from './desired-state-kind.ts';
import { gatewayConfig } from './gateway-config.ts';
import { merges } from './merges.ts';

/** Dependencies of the kinds; a new kind takes from here what it needs. */
export interface KindDependencies {
  secrets: Secrets;
}

/** Every kind of desired state, in the order in which it is sent. */
export function desiredStates({ secrets }: KindDependencies): AnyDesiredState[] {
  return [agentSettings(secrets), merges, action, gatewayConfig(secrets)];
}
