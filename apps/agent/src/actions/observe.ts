import { DISTURBING_ACTIONS, ON_HOOK_IDLE_MS, type ActionType } from '@loopstart/domain';
import { sleep, type Clock } from '../core/clock.ts';
import type { GatewaySession } from '../session/gateway-session.ts';
import type { KnownGateway } from '../session/session-context.ts';
import { stateAt, type Known } from './action-subject.ts';

export type Observed = KnownGateway & Pick<Known, 'canWrite' | 'emergencyCalls' | 'onHookForMs'>;

/**
 * Reads a gateway to decide on an action; for use inside `exclusively`. Where only hook and ringing show that a line is
 * idle, it is read twice, so far apart that no ringing is missed. Null when another session is responsible for the
 * gateway. Rejects with SnmpError. `isOffered`: whether it is worth reading twice; where something else disturbs the lines
 * than the action itself, it is.
 */
export async function observe(
  session: Pick<GatewaySession, 'readNow' | 'canWrite' | 'emergencyCalls'>,
  type: ActionType,
  clock: Clock,
  signal: AbortSignal,
  isOffered: (offered: readonly string[]) => boolean = (offered) => offered.includes(type),
): Promise<Observed | null> {
  const first = await session.readNow();
  if (first === null) return null;
  const { canWrite, emergencyCalls } = session;
  const twice =
    first.inventory.idleEvidence === 'hook-and-ringing' &&
    DISTURBING_ACTIONS.has(type) &&
    isOffered(first.inventory.actions);
  if (!twice) return { ...first, canWrite, emergencyCalls, onHookForMs: [] };
  const before = first.reading;
  await sleep(clock, ON_HOOK_IDLE_MS, signal);
  const second = await session.readNow();
  if (second === null) return null;
  const onHookForMs = second.inventory.ports.map((_, at) =>
    stateAt(before, at).hook === 'on-hook' && stateAt(second.reading, at).hook === 'on-hook' ? ON_HOOK_IDLE_MS : null,
  );
  return { ...second, canWrite: session.canWrite, emergencyCalls: session.emergencyCalls, onHookForMs };
}
