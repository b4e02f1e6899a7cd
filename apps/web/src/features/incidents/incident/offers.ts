import type { IncidentSummary } from '@loopstart/contracts';

export type IncidentAction = 'acknowledge' | 'withdraw' | 'assign' | 'snooze' | 'unsnooze' | 'comment';

const OVER = 'It is over.';

/** Why not, by what a person does about an incident; null where it may be done. */
const REFUSALS: Record<IncidentAction, Record<IncidentSummary['attention'], string | null>> = {
  acknowledge: { open: null, acknowledged: 'It is acknowledged already.', snoozed: null, resolved: OVER },
  withdraw: {
    open: 'Nobody has acknowledged it.',
    acknowledged: null,
    snoozed: 'Nobody has acknowledged it.',
    resolved: OVER,
  },
  assign: { open: null, acknowledged: null, snoozed: null, resolved: OVER },
  snooze: { open: null, acknowledged: null, snoozed: null, resolved: OVER },
  unsnooze: { open: 'It is not snoozed.', acknowledged: 'It is not snoozed.', snoozed: null, resolved: OVER },
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
