import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { WEBHOOK_MESSAGES } from '@loopstart/contracts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { Canary, CANARY_PATH } from './canary.ts';

/** Receives the synthetic alert. Only its sender knows the nonce of the last one. */
@Controller()
export class CanaryController {
  constructor(private readonly canary: Canary) {}

  @Post(CANARY_PATH)
  @HttpCode(204)
  async arrive(@Body() body: unknown): Promise<void> {
    const message = WEBHOOK_MESSAGES['watchdog.canary'].safeParse(body);
    if (!message.success || !(await this.canary.arrived(message.data.data.nonce))) throw new ProblemError('not-found');
  }
}
