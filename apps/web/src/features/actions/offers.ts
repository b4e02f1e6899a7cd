import type { Gateway } from '@loopstart/contracts';
import { type ActionType, DISTURBING_ACTIONS, isPortDisturbable } from '@loopstart/domain';
import { REFUSAL_WORDS } from '../../lib/words/action.ts';
import { isLifeSafety } from '../../lib/words/port.ts';
import { portTitle } from '../../lib/words/port-summary.ts';

/** What a button shows: whether it may be pressed, why not, and what has to be confirmed first. */
export interface Offer {
  type: ActionType;
  /** Why not, as a sentence; null where it may be done. */
  refusal: string | null;
  needsLifeSafetyConfirmation: boolean;
}

const GATEWAY_ACTIONS: readonly ActionType[] = ['poll-now', 'identify', 'reboot'];

/**
 * What may be asked of a whole gateway, by the same predicate with which the API refuses. A reboot takes
 * every line away, so one line in use is enough to wait.
 */
export function gatewayOffers(
  gateway: Pick<Gateway, 'actions' | 'reachability' | 'portList' | 'observedAt' | 'powerSource'>,
  roleRefusal: string | null,
  nowMs: number,
): Offer[] {
  const ageMs = gateway.observedAt === null ? null : nowMs - Date.parse(gateway.observedAt);
  return GATEWAY_ACTIONS.map((type) => {
    const general = !gateway.actions.includes(type)
      ? REFUSAL_WORDS.unsupported
      : (roleRefusal ?? (gateway.reachability === 'unknown' ? REFUSAL_WORDS['agent-silent'] : null));
    const disturbing = DISTURBING_ACTIONS.has(type);
    return {
      type,
      refusal: general ?? (disturbing ? firstLineInTheWay(gateway, ageMs) : null),
      needsLifeSafetyConfirmation: disturbing && gateway.portList.some((port) => isLifeSafety(port.lineDeviceClass)),
    };
  });
}

function firstLineInTheWay(gateway: Pick<Gateway, 'portList' | 'powerSource'>, ageMs: number | null): string | null {
  for (const port of gateway.portList) {
    const verdict = isPortDisturbable({
      state: port,
      device: port.lineDeviceClass,
      ageMs,
      // Only the API knows of emergency calls; it refuses by itself.
      emergencyHold: false,
      onBattery: gateway.powerSource === null ? null : gateway.powerSource === 'battery',
      lifeSafetyConfirmed: true,
    });
    if (verdict.ok) continue;
    const reason = REFUSAL_WORDS[verdict.reason];
    const general = verdict.reason === 'on-battery' || verdict.reason === 'state-stale';
    return general ? reason : `${portTitle(port)} (port ${port.position}): ${reason}`;
  }
  return null;
}
