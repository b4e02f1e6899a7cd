import { Inject, Injectable } from '@nestjs/common';
import type { Action, ErrorCode } from '@loopstart/contracts';
import {
  allows,
  type ActionType,
  permission,
  PORT_ACTIONS,
  REFUSALS,
  type RefusalCode,
  refusalSentence,
} from '@loopstart/domain';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Caller } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { AgentSignals } from '../registry/index.ts';
import { ActionRepository } from './action.repository.ts';

/** An action that no agent began within this time expires. */
const ACTION_LIFE_MS = 5 * 60_000;

export interface AskedAction {
  type: ActionType;
  position: number | null;
  lifeSafetyConfirmed: boolean;
  /** Why the action is requested although it is unknown whether the line is idle; null: no override. */
  overrideReason: string | null;
  idempotencyKey: string;
}

/** Requests actions of gateways, where they are permitted now. */
@Injectable()
export class ActionService {
  constructor(
    private readonly actions: ActionRepository,
    private readonly signals: AgentSignals,
    private readonly bus: LiveBus,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Queues the action and notifies the agent; the same key again is the same action. Throws a problem with the refusal.
   */
  async ask(by: { caller: Caller; requestId: string }, gatewayId: string, asked: AskedAction): Promise<Action> {
    const { operatorId, rights, scope } = by.caller;
    const now = new Date(this.now());
    // A repeated request is answered before the permission is checked: the line may be in use by now.
    const before = await this.actions.byKey(scope, asked.idempotencyKey);
    if (before !== null) return sameAction(before, gatewayId, asked);
    const { agentId, subject } = found(await this.actions.subject(scope, gatewayId, now));
    const wantsPort = PORT_ACTIONS.has(asked.type);
    if (wantsPort !== (asked.position !== null)) {
      throw new ProblemError('invalid-input', {
        fields: [
          {
            path: 'body.position',
            expected: wantsPort ? 'the number of a port' : 'null: this concerns the whole gateway',
          },
        ],
      });
    }
    if (asked.position !== null) found(subject.ports.find((port) => port.position === asked.position));
    const { type, position, lifeSafetyConfirmed, overrideReason } = asked;
    const { refusal, overrode } = permission(
      {
        type,
        position,
        mayAct: allows(rights, 'actions.request'),
        lifeSafetyConfirmed,
        overridden: overrideReason !== null,
      },
      subject,
    );
    if (refusal !== null) throw new ProblemError(problemOf(refusal.code), { detail: refusalSentence(type, refusal) });
    const expiresAt = new Date(now.getTime() + ACTION_LIFE_MS);
    const { action, isNew } = await this.actions.create(by, { ...asked, overrode, gatewayId, agentId, now, expiresAt });
    if (isNew) {
      this.bus.publish(operatorId, { type: 'action', action });
      this.signals.emit({ type: 'desired-state-changed', agentId, operatorId });
    }
    return sameAction(action, gatewayId, asked);
  }
}

/** The public code of a refusal. */
function problemOf(code: RefusalCode): ErrorCode {
  switch (code) {
    case 'role':
      return 'not-allowed';
    case 'unsupported':
      return 'unsupported-action';
    case 'no-such-port':
      return 'not-found';
    case 'agent-silent':
    case 'no-write-access':
      return code;
    default:
      return REFUSALS[code].kind === 'cannot-tell' ? 'cannot-tell' : 'not-disturbable';
  }
}

/** The action of a key, where it is the one requested now; else the key is refused. */
function sameAction(action: Action, gatewayId: string, asked: Pick<Action, 'type' | 'position'>): Action {
  if (action.gatewayId === gatewayId && action.type === asked.type && action.position === asked.position) return action;
  throw new ProblemError('already-exists', { detail: 'This idempotency key was used for another action.' });
}
