import { Controller, Inject } from '@nestjs/common';
import { endpoints, type Port } from '@loopstart/contracts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { fieldIndex, PortHistoryRepository } from './port-history.repository.ts';
import { PortService } from './port.service.ts';
import { type PlacedPort, PortRepository } from '../../core/fleet/port.repository.ts';
import type { Scope } from '../../core/db/scope.ts';

@Controller()
export class PortController {
  constructor(
    private readonly ports: PortRepository,
    private readonly history: PortHistoryRepository,
    private readonly service: PortService,
    private readonly bus: LiveBus,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.getPort)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getPort>): Promise<Port> {
    return this.#one(caller.scope, params.gatewayId, params.position);
  }

  @Implements(endpoints.updatePort)
  async update(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.updatePort>): Promise<Port> {
    await this.service.update({ caller, requestId }, params.gatewayId, params.position, body);
    const { siteId, ...port } = await this.#one(caller.scope, params.gatewayId, params.position);
    const { position, label, number, lineDeviceClass, severity, healthReason } = port;
    this.bus.publish(caller.operatorId, {
      type: 'gateway',
      gatewayId: params.gatewayId,
      siteId,
      observedAt: new Date(this.now()).toISOString(),
      ports: [{ position, label, number, lineDeviceClass, severity, healthReason }],
    });
    return port;
  }

  @Implements(endpoints.getPortHistory)
  async changes(@Call() { caller, params, query }: CallOf<typeof endpoints.getPortHistory>) {
    const { rows, total } = found(
      await this.history.list(caller.scope, params.gatewayId, params.position, {
        from: query.from,
        to: query.to,
        after: decodeCursor(query.cursor, ['instant', 'integer']),
        limit: query.limit + 1,
      }),
    );
    return { ...page(rows, query.limit, (row) => [row.at, fieldIndex(row.field)]), total };
  }

  async #one(scope: Scope, gatewayId: string, position: number): Promise<PlacedPort> {
    const [port] = await this.ports.list(scope, new Date(this.now()), { gatewayId, position, limit: 1 });
    return found(port);
  }
}
