import { Controller, Inject } from '@nestjs/common';
import { endpoints, PORTS_MAX } from '@loopstart/contracts';
import { driverMetadata } from '@loopstart/drivers/catalogue';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { PortRepository } from '../../core/fleet/port.repository.ts';
import { gatewayView } from './gateway-view.ts';
import { GatewayReader } from './gateway-reader.ts';
import { GatewayRepository } from './gateway.repository.ts';
import { GatewayService } from './gateway.service.ts';

@Controller()
export class GatewayController {
  readonly #driverNotes = new Map(driverMetadata().map((driver) => [driver.id, driver.maturityNote]));

  constructor(
    private readonly gateways: GatewayRepository,
    private readonly reader: GatewayReader,
    private readonly ports: PortRepository,
    private readonly service: GatewayService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.getGateway)
  async get(@Call() { caller, params }: CallOf<typeof endpoints.getGateway>) {
    const now = new Date(this.now());
    const detail = found(await this.gateways.detail(caller.scope, now, params.gatewayId));
    const summary = await this.reader.one(caller.scope, params.gatewayId, now);
    const ports = await this.ports.list(caller.scope, now, { gatewayId: params.gatewayId, limit: PORTS_MAX });
    return gatewayView(summary, detail, ports, this.#driverNotes.get(summary.driverId));
  }

  @Implements(endpoints.updateGateway)
  update(@Call() call: CallOf<typeof endpoints.updateGateway>) {
    return this.service.rename(call, call.params.gatewayId, call.body);
  }
}
