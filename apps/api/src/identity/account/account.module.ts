import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { SessionModule } from '../session/index.ts';
import { AccountController } from './account.controller.ts';
import { EmailChange } from './email-change.service.ts';
import { LinkRepository } from './link.repository.ts';
import { OwnSessions } from './own-sessions.service.ts';
import { PasswordReset } from './password-reset.service.ts';
import { Profile } from './profile.service.ts';

@Module({
  imports: [AuditModule, SessionModule],
  controllers: [AccountController],
  providers: [EmailChange, LinkRepository, OwnSessions, PasswordReset, Profile],
})
export class AccountModule {}
