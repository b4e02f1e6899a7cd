import { valueOf } from '../thresholds.ts';
import type { AlertPlace, EngineInput, Observation } from '../types.ts';
import { bad, type RuleContext, spoken } from './context.ts';

const EVERYWHERE: AlertPlace = {
  customerId: null,
  siteId: null,
  agentId: null,
  gatewayId: null,
  position: null,
  lineDeviceClass: null,
};

/** Conditions of a whole operator: an interruption of monitoring. It is news for as long as it is kept. */
export function operatorRules(interruption: EngineInput['interruption'], context: RuleContext): Observation[] {
  const { now, thresholds } = context;
  const setting = thresholds.at('monitoring-interrupted', EVERYWHERE);
  if (interruption === null || setting.off) return [];
  const { from, to } = interruption;
  const lastedMs = to - from;
  const isNews = now - to < valueOf(setting, 'rememberS') * 1000;
  if (!isNews || lastedMs < valueOf(setting, 'afterS') * 1000) return [];
  return [
    bad({
      kind: 'monitoring-interrupted',
      subject: { type: 'operator', id: '' },
      place: EVERYWHERE,
      setting,
      at: now,
      since: from,
      text: `Nobody watched the fleet for ${spoken(lastedMs)}.`,
      seen: { interruptedFrom: from, interruptedTo: to },
    }),
  ];
}
