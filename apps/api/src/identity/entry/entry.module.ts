import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { SessionModule } from '../session/index.ts';
import { EntryController } from './entry.controller.ts';
import { FirstOperator } from './first-operator.ts';
import { Mailbox } from './mailbox.ts';
import { SetupCode } from './setup-code.ts';
import { Setup } from './setup.service.ts';

@Module({
  imports: [AuditModule, SessionModule],
  controllers: [EntryController],
  providers: [FirstOperator, Mailbox, Setup, SetupCode],
})
export class EntryModule {}
