import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { FactorsModule } from '../factors/index.ts';
import { Entrance } from './entrance.ts';
import { OwnPassword } from './own-password.ts';
import { PasskeySignIn } from './passkey-sign-in.service.ts';
import { PasswordChange } from './password-change.service.ts';
import { ProofService } from './proof.service.ts';
import { SecondStepService } from './second-step.service.ts';
import { PasskeySessionController } from './passkey-session.controller.ts';
import { SessionController } from './session.controller.ts';
import { SingleSignOnRule } from './single-sign-on-rule.ts';
import { SignIn } from './sign-in.service.ts';

@Module({
  imports: [AuditModule, FactorsModule],
  controllers: [SessionController, PasskeySessionController],
  providers: [
    Entrance,
    OwnPassword,
    PasskeySignIn,
    PasswordChange,
    ProofService,
    SecondStepService,
    SignIn,
    SingleSignOnRule,
  ],
  exports: [Entrance, OwnPassword, SingleSignOnRule],
})
export class SessionModule {}
