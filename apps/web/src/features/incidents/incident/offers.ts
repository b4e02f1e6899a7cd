import type { IncidentSummary } from '@loopstart/contracts';
import { t } from '../../../messages/incidents.ts';

export type IncidentAction = 'acknowledge' | 'withdraw' | 'assign' | 'snooze' | 'unsnooze' | 'comment';

const OVER = t('incidentResolved');

/** Why not, by what a person does about an incident; null where it may be done. */
const REFUSALS: Record<IncidentAction, Record<IncidentSummary['attention'], string | null>> = {
  acknowledge: { open: null, acknowledged: t('incidentAlreadyAcknowledged'), snoozed: null, resolved: OVER },
  withdraw: {
    open: t('nobodyAcknowledgedIncident'),
    acknowledged: null,
    snoozed: t('nobodyAcknowledgedIncident'),
    resolved: OVER,
  },
  assign: { open: null, acknowledged: null, snoozed: null, resolved: OVER },
  snooze: { open: null, acknowledged: null, snoozed: null, resolved: OVER },
  unsnooze: { open: t('incidentNotSnoozed'), acknowledged: t('incidentNotSnoozed'), snoozed: null, resolved: OVER },
  comment: { open: null, acknowledged: null, snoozed: null, resolved: null },
};

/** Which buttons the page of an incident has: one that is over has none, because none of them could do anything. */
export function actionsShown(attention: IncidentSummary['attention']): readonly IncidentAction[] {
  if (attention === 'resolved') return [];
  return [
    attention === 'acknowledged' ? 'withdraw' : 'acknowledge',
    'assign',
    attention === 'snoozed' ? 'unsnooze' : 'snooze',
  ];
}

/**
 * Why a person may not do something about an incident now; null where they may. The role comes first: it
 * would not help to wait.
 */
export function refusalOf(
  action: IncidentAction,
  incident: Pick<IncidentSummary, 'attention'>,
  roleRefusal: string | null,
): string | null {
  return roleRefusal ?? REFUSALS[action][incident.attention];
}
