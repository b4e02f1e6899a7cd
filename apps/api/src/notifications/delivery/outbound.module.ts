import { Module } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG } from '../../core/config.ts';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { Senders } from './adapters/senders.ts';
import { DeliverySignal } from './delivery-signal.ts';
import { DeliveryTies } from './delivery-ties.ts';
import { PeopleModule } from '../../identity/people/index.ts';
import { GuardedHttp } from '../../core/egress/guarded-http.ts';
import { makeGuardedHttp } from '../../core/egress/make-guarded-http.ts';
import { Outbox } from './outbox.service.ts';
import { OutboxRetention } from './retention.ts';
import { Attempt } from './worker/attempt.ts';
import { ClaimRepository } from './worker/claim.repository.ts';
import { SealAddresses } from './seal-addresses.ts';
import { DeliveryWorker } from './worker/delivery-worker.ts';
import { ChannelDecryptor } from './worker/channel-decryptor.ts';
import { RecordRepository } from './worker/record.repository.ts';
import { SwitchOff } from './worker/switch-off.ts';

const FORGET_EVERY_MS = 6 * 3_600_000;

@Module({
  imports: [PeopleModule],
  providers: [
    {
      provide: GuardedHttp,
      inject: [CONFIG],
      useFactory: makeGuardedHttp,
    },
    Attempt,
    ChannelDecryptor,
    ClaimRepository,
    DeliveryWorker,
    DeliverySignal,
    DeliveryTies,
    Outbox,
    OutboxRetention,
    RecordRepository,
    SealAddresses,
    Senders,
    SwitchOff,
  ],
  exports: [ChannelDecryptor, DeliveryWorker, GuardedHttp, Outbox, Senders],
})
export class OutboundModule {
  constructor(jobs: Jobs, retention: OutboxRetention) {
    jobs.define({
      name: 'forget-messages',
      payload: z.object({}),
      everyMs: FORGET_EVERY_MS,
      handle: async () => {
        await retention.forget();
      },
    });
  }
}
