import type { EventDraft } from '@loopstart/drivers';

/** Reported when the uptime restarted and the gateway did not report it itself. */
export const RESTARTED: EventDraft = {
  kind: 'cold-start',
  severity: 'warning',
  position: null,
  text: 'The gateway restarted: its uptime began again.',
  alarmKey: null,
  detail: {},
};

/** Reported when a gateway comes back with other firmware. */
export function firmwareChanged(from: string, to: string): EventDraft {
  return {
    kind: 'firmware-changed',
    severity: 'info',
    position: null,
    text: `The firmware changed from ${from.slice(0, 128)} to ${to.slice(0, 128)}.`,
    alarmKey: null,
    detail: { from: from.slice(0, 200), to: to.slice(0, 200) },
  };
}
