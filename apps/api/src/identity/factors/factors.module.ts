import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { FactorController } from './factor.controller.ts';
import { Factors } from './factors.service.ts';
import { FactorNotices } from './factor-notices.ts';
import { FactorRules } from './factor-rules.ts';
import { FactorRepository } from './factor.repository.ts';
import { OwnFactorsService } from './own-factors.service.ts';
import { Challenges } from './passkeys/challenges.service.ts';
import { OwnPasskeys } from './passkeys/own-passkeys.service.ts';
import { PasskeyController } from './passkeys/passkey.controller.ts';
import { PasskeyProof } from './passkeys/passkey-proof.service.ts';
import { PasskeyRepository } from './passkeys/passkey.repository.ts';
import { RelyingParty } from './passkeys/relying-party.ts';
import { RecoveryCodeRepository } from './recovery-code.repository.ts';
import { TotpRepository } from './totp.repository.ts';

@Module({
  imports: [AuditModule],
  controllers: [FactorController, PasskeyController],
  providers: [
    Challenges,
    FactorNotices,
    FactorRepository,
    FactorRules,
    Factors,
    OwnFactorsService,
    OwnPasskeys,
    PasskeyProof,
    PasskeyRepository,
    RecoveryCodeRepository,
    RelyingParty,
    TotpRepository,
  ],
  exports: [Factors, PasskeyProof],
})
export class FactorsModule {}
