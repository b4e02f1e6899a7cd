import { Controller } from '@nestjs/common';
import { endpoints, type GatewaySummary } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { GatewayReader } from './gateway-reader.ts';
import { LifecycleService } from './lifecycle.service.ts';

@Controller()
export class LifecycleController {
  constructor(
    private readonly lifecycle: LifecycleService,
    private readonly reader: GatewayReader,
  ) {}

  @Implements(endpoints.retireGateway)
  async retire(@Call() call: CallOf<typeof endpoints.retireGateway>): Promise<GatewaySummary> {
    await this.lifecycle.retire(call, call.params.gatewayId, call.body);
    return this.reader.one(call.caller.scope, call.params.gatewayId);
  }

  @Implements(endpoints.restoreGateway)
  async restore(@Call() call: CallOf<typeof endpoints.restoreGateway>): Promise<GatewaySummary> {
    await this.lifecycle.restore(call, call.params.gatewayId);
    return this.reader.one(call.caller.scope, call.params.gatewayId);
  }

  @Implements(endpoints.keepGateway)
  async keep(@Call() call: CallOf<typeof endpoints.keepGateway>): Promise<GatewaySummary> {
    await this.lifecycle.keep(call, call.params.gatewayId);
    return this.reader.one(call.caller.scope, call.params.gatewayId);
  }

  /** Answers with the gateway that took over. */
  @Implements(endpoints.replaceGateway)
  async replace(@Call() call: CallOf<typeof endpoints.replaceGateway>): Promise<GatewaySummary> {
    const { byGatewayId: to, acceptLeftOver } = call.body;
    await this.lifecycle.takeOver(call, { from: call.params.gatewayId, to, because: 'replaced', acceptLeftOver });
    return this.reader.one(call.caller.scope, to);
  }

  /** Answers with the record that is left. */
  @Implements(endpoints.mergeGateway)
  async merge(@Call() call: CallOf<typeof endpoints.mergeGateway>): Promise<GatewaySummary> {
    const { intoGatewayId: to, acceptLeftOver } = call.body;
    await this.lifecycle.takeOver(call, { from: call.params.gatewayId, to, because: 'merged', acceptLeftOver });
    return this.reader.one(call.caller.scope, to);
  }
}
