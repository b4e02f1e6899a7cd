import { Module } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { AuditModule } from '../audit/index.ts';
import { PeopleModule } from '../people/index.ts';
import { SessionModule } from '../session/index.ts';
import { CallbackController } from './callback.controller.ts';
import { Callback } from './callback.service.ts';
import { ConnectionTest } from './connection-test.service.ts';
import { ConnectionController } from './connection.controller.ts';
import { ConnectionRepository } from './connection.repository.ts';
import { ConnectionService } from './connection.service.ts';
import { DomainController } from './domains/domain.controller.ts';
import { DomainProofs } from './domains/domain-proofs.service.ts';
import { DomainRepository } from './domains/domain.repository.ts';
import { TxtRecords } from './domains/txt-records.ts';
import { IdentityRepository } from './identity.repository.ts';
import { LoginRepository } from './login.repository.ts';
import { MappingCheck } from './mapping-check.ts';
import { NewcomerRepository } from './newcomer.repository.ts';
import { OidcClient } from './oidc-client.ts';
import { Reception } from './reception.service.ts';
import { RoleUpdate } from './role-update.ts';
import { SignOnController } from './sign-on.controller.ts';
import { SignOn } from './sign-on.service.ts';

@Module({
  imports: [AuditModule, PeopleModule, SessionModule],
  controllers: [ConnectionController, DomainController, SignOnController, CallbackController],
  providers: [
    Callback,
    ConnectionRepository,
    ConnectionService,
    ConnectionTest,
    DomainProofs,
    DomainRepository,
    IdentityRepository,
    LoginRepository,
    MappingCheck,
    NewcomerRepository,
    OidcClient,
    Reception,
    RoleUpdate,
    SignOn,
    TxtRecords,
  ],
  exports: [ConnectionRepository, DomainRepository, NewcomerRepository, RoleUpdate],
})
export class SsoModule {
  constructor(jobs: Jobs, proofs: DomainProofs) {
    jobs.define({
      name: 'check-sso-domains',
      payload: z.object({}),
      everyMs: 3_600_000,
      handle: async () => {
        await proofs.checkDue();
      },
    });
  }
}
