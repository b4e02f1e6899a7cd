import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { AccessRepository } from './access.repository.ts';
import { PolicyRepository } from './policy.repository.ts';
import { SetupController } from './setup.controller.ts';
import { SetupService } from './setup.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [SetupController],
  providers: [AccessRepository, PolicyRepository, SetupService],
  exports: [PolicyRepository],
})
export class SetupModule {}
