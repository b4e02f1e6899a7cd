import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { SeriesService } from './series.service.ts';

@Controller()
export class SeriesController {
  constructor(private readonly series: SeriesService) {}

  @Implements(endpoints.getPortSeries)
  ofPort(@Call() { caller, params, query }: CallOf<typeof endpoints.getPortSeries>) {
    return this.series.read(caller.scope, params.gatewayId, params.position, query);
  }

  @Implements(endpoints.getGatewaySeries)
  ofGateway(@Call() { caller, params, query }: CallOf<typeof endpoints.getGatewaySeries>) {
    return this.series.read(caller.scope, params.gatewayId, null, query);
  }
}
