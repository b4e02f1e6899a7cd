import { Controller, Inject } from '@nestjs/common';
import { type Action, type ActionOffer, endpoints } from '@loopstart/contracts';
import { allows, offersFor, refusalSentence } from '@loopstart/domain';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type Caller, type CallOf, Implements } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { ActionRepository } from './action.repository.ts';
import { ActionService } from './action.service.ts';

@Controller()
export class ActionController {
  constructor(
    private readonly actions: ActionRepository,
    private readonly service: ActionService,
    private readonly bus: LiveBus,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.createAction)
  create(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.createAction>) {
    return this.service.ask({ caller, requestId }, params.gatewayId, body);
  }

  @Implements(endpoints.listActions)
  async list(@Call() { caller, query: { cursor, limit, ...filter } }: CallOf<typeof endpoints.listActions>) {
    const { rows, total } = await this.actions.list(caller.scope, {
      ...filter,
      after: decodeCursor(cursor, ['instant', 'uuid']),
      limit: limit + 1,
    });
    return { ...page(rows, limit, (row) => [row.requestedAt, row.id]), total };
  }

  @Implements(endpoints.getAction)
  async get(@Call() { caller, params }: CallOf<typeof endpoints.getAction>): Promise<Action> {
    const { rows } = await this.actions.list(caller.scope, { id: params.actionId, after: null, limit: 1 });
    return found(rows[0]);
  }

  @Implements(endpoints.cancelAction)
  async cancel(@Call() { caller, params, requestId }: CallOf<typeof endpoints.cancelAction>): Promise<Action> {
    const action = found(await this.actions.cancel({ caller, requestId }, params.actionId, new Date(this.now())));
    this.bus.publish(caller.operatorId, { type: 'action', action });
    return action;
  }

  @Implements(endpoints.getGatewayActions)
  gatewayOffers(@Call() { caller, params }: CallOf<typeof endpoints.getGatewayActions>) {
    return this.#offers(caller, params.gatewayId, null);
  }

  @Implements(endpoints.getPortActions)
  portOffers(@Call() { caller, params }: CallOf<typeof endpoints.getPortActions>) {
    return this.#offers(caller, params.gatewayId, params.position);
  }

  async #offers(
    { scope, rights }: Caller,
    gatewayId: string,
    position: number | null,
  ): Promise<{ offers: ActionOffer[] }> {
    const { subject } = found(await this.actions.subject(scope, gatewayId, new Date(this.now())));
    if (position !== null) found(subject.ports.find((port) => port.position === position));
    const offers = offersFor(position, subject, allows(rights, 'actions.request')).map((offer): ActionOffer => {
      const { type, refusal, needsLifeSafetyConfirmation, needsOverride } = offer;
      return {
        type,
        allowed: refusal === null,
        refusal: refusal === null ? null : { ...refusal, text: refusalSentence(type, refusal) },
        needsLifeSafetyConfirmation,
        needsOverride,
      };
    });
    return { offers };
  }
}
