import type { LineDeviceClass } from '../line/vocabulary.ts';
import { ABOVE_GATEWAYS } from './catalogue/above-gateways.ts';
import { OF_GATEWAYS } from './catalogue/gateways.ts';
import { OF_PORTS } from './catalogue/ports.ts';
import type { ConditionSpec } from './condition-spec.ts';
import type { ConditionKind } from './kinds.ts';

export const CONDITIONS: Readonly<Record<ConditionKind, ConditionSpec>> = Object.fromEntries(
  [...ABOVE_GATEWAYS, ...OF_GATEWAYS, ...OF_PORTS].map((spec) => [spec.kind, spec]),
) as Record<ConditionKind, ConditionSpec>;

/**
 * How long a receiver may be off the hook before that is a condition, by device class: a lift phone or an alarm
 * panel that holds its line cannot call for help. Seconds; takes the place of the default of `receiver-off-hook`.
 */
export const OFF_HOOK_RAISE_AFTER_S: Readonly<Partial<Record<LineDeviceClass, number>>> = {
  'alarm-panel': 300,
  'lift-phone': 300,
  'card-terminal': 900,
  'door-entry': 600,
  fax: 3600,
  paging: 3600,
  modem: 14_400,
};
