import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { UsageRepository } from './usage.repository.ts';

@Controller()
export class UsageController {
  constructor(private readonly usage: UsageRepository) {}

  @Implements(endpoints.getUsage)
  get(@Call() { caller }: CallOf<typeof endpoints.getUsage>) {
    return this.usage.usage(caller);
  }
}
