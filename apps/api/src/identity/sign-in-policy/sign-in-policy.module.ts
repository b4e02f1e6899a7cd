import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { SignInPolicyController } from './sign-in-policy.controller.ts';
import { SignInPolicyRepository } from './sign-in-policy.repository.ts';
import { SignInPolicyService } from './sign-in-policy.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [SignInPolicyController],
  providers: [SignInPolicyRepository, SignInPolicyService],
})
export class SignInPolicyModule {}
