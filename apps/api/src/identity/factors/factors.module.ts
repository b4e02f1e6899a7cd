import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { FactorController } from './factor.controller.ts';
import { Factors } from './factors.service.ts';
import { OwnFactorsService } from './own-factors.service.ts';
import { RecoveryCodeRepository } from './recovery-code.repository.ts';
import { TotpRepository } from './totp.repository.ts';

@Module({
  imports: [AuditModule],
  controllers: [FactorController],
  providers: [Factors, OwnFactorsService, RecoveryCodeRepository, TotpRepository],
  exports: [Factors],
})
export class FactorsModule {}
