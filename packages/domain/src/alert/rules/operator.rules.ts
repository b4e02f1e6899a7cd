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

/** What is wrong for a whole operator: that nobody watched for a while. It is news for as long as it is remembered. */
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
