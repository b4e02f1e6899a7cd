import { Controller, Inject } from '@nestjs/common';
import { type Action, endpoints } from '@loopstart/contracts';
import { ACTION_TYPES, PORT_ACTIONS } from '@loopstart/domain';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { AgentSignals } from '../agents/agent-signals.ts';
import { ActionRepository } from './action.repository.ts';
import { judge, refusalSentence } from './judge.ts';

/** An action nobody could begin within so long is no longer wanted. */
const ACTION_LIFE_MS = 5 * 60_000;

@Controller()
export class ActionController {
  constructor(
    private readonly actions: ActionRepository,
    private readonly signals: AgentSignals,
    private readonly bus: LiveBus,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.createAction)
  async create(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.createAction>) {
    const now = new Date(this.now());
    // A repeated request is answered before anything is judged: the line may be in use by now.
    const before = await this.actions.byKey(caller.operatorId, body.idempotencyKey);
    if (before !== null) return sameAction(before, params.gatewayId, body);
    const { agentId, subject } = found(await this.actions.subject(caller.operatorId, params.gatewayId, now));
    const wantsPort = PORT_ACTIONS.has(body.type);
    if (wantsPort !== (body.position !== null)) {
      throw new ProblemError('invalid-input', {
        fields: [
          {
            path: 'body.position',
            expected: wantsPort ? 'the number of a port' : 'null: this concerns the whole gateway',
          },
        ],
      });
    }
    if (body.position !== null) found(subject.ports.find((port) => port.position === body.position));
    const verdict = judge(body.type, body.position, subject, {
      role: caller.role,
      lifeSafetyConfirmed: body.lifeSafetyConfirmed,
    });
    if (verdict.refusal !== null) {
      const code =
        verdict.refusal === 'unsupported'
          ? 'unsupported-action'
          : verdict.refusal === 'agent-silent'
            ? 'agent-silent'
            : 'not-disturbable';
      throw new ProblemError(code, { detail: refusalSentence(verdict.refusal, verdict.position) });
    }
    const { action, isNew } = await this.actions.create(
      { caller, requestId },
      {
        gatewayId: params.gatewayId,
        agentId,
        position: body.position,
        type: body.type,
        lifeSafetyConfirmed: body.lifeSafetyConfirmed,
        now,
        expiresAt: new Date(now.getTime() + ACTION_LIFE_MS),
        idempotencyKey: body.idempotencyKey,
      },
    );
    if (isNew) {
      this.bus.publish(caller.operatorId, { type: 'action', action });
      this.signals.emit({ type: 'action-created', agentId, operatorId: caller.operatorId });
    }
    return sameAction(action, params.gatewayId, body);
  }

  @Implements(endpoints.listActions)
  async list(@Call() { caller, query: { cursor, limit, ...filter } }: CallOf<typeof endpoints.listActions>) {
    const { rows, total } = await this.actions.list(caller.operatorId, {
      ...filter,
      after: decodeCursor(cursor, ['instant', 'uuid']),
      limit: limit + 1,
    });
    return { ...page(rows, limit, (row) => [row.requestedAt, row.id]), total };
  }

  @Implements(endpoints.getAction)
  async get(@Call() { caller, params }: CallOf<typeof endpoints.getAction>): Promise<Action> {
    const { rows } = await this.actions.list(caller.operatorId, { id: params.actionId, after: null, limit: 1 });
    return found(rows[0]);
  }

  @Implements(endpoints.cancelAction)
  async cancel(@Call() { caller, params, requestId }: CallOf<typeof endpoints.cancelAction>): Promise<Action> {
    const action = found(await this.actions.cancel({ caller, requestId }, params.actionId, new Date(this.now())));
    this.bus.publish(caller.operatorId, { type: 'action', action });
    return action;
  }

  @Implements(endpoints.getPortActions)
  async offers(@Call() { caller, params }: CallOf<typeof endpoints.getPortActions>) {
    const { subject } = found(await this.actions.subject(caller.operatorId, params.gatewayId, new Date(this.now())));
    found(subject.ports.find((port) => port.position === params.position));
    const offers = ACTION_TYPES.filter((type) => PORT_ACTIONS.has(type)).map((type) => {
      const { allowed, refusal, needsLifeSafetyConfirmation } = judge(type, params.position, subject, {
        role: caller.role,
        lifeSafetyConfirmed: false,
      });
      return { type, allowed, refusal, needsLifeSafetyConfirmation };
    });
    return { offers };
  }
}

/** The action a key stands for, where it is the one asked for now; else the key is refused. */
function sameAction(action: Action, gatewayId: string, asked: Pick<Action, 'type' | 'position'>): Action {
  if (action.gatewayId === gatewayId && action.type === asked.type && action.position === asked.position) return action;
  throw new ProblemError('already-exists', { detail: 'This idempotency key was used for another action.' });
}
