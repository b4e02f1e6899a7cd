import type { Alert } from '@loopstart/contracts';
import { t } from '../../../messages/alerts.ts';
import { HOLD_WORDS } from '../../../lib/words/incident.ts';

/** Why nobody is told of an alert, and where that leads: to its incident, where something bigger explains it. */
export function whyHeld(alert: Pick<Alert, 'hold' | 'incidentId'>): {
  words: string;
  by: string | null;
  href: string | null;
} {
  const { hold, incidentId } = alert;
  if (hold === null) return { words: t('notified'), by: null, href: null };
  return {
    words: HOLD_WORDS[hold.reason],
    by: hold.by?.title ?? null,
    href: hold.reason === 'suppressed' && incidentId !== null ? `/incidents/${incidentId}` : null,
  };
}
