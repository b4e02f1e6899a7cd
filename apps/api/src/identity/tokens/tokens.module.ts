import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { RoleRights } from './role-rights.ts';
import { TokenController } from './token.controller.ts';
import { TokenRepository } from './token.repository.ts';
import { TokenService } from './token.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [TokenController],
  providers: [TokenRepository, TokenService, RoleRights],
  exports: [TokenRepository, TokenService],
})
export class TokensModule {}
