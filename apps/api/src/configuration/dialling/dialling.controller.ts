import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { DiallingService } from './dialling.service.ts';

@Controller()
export class DiallingController {
  constructor(private readonly service: DiallingService) {}

  @Implements(endpoints.tryDialling)
  tryKeys(@Call() { caller, params, query }: CallOf<typeof endpoints.tryDialling>) {
    return this.service.tryKeys(caller.scope, params.gatewayId, query);
  }
}
