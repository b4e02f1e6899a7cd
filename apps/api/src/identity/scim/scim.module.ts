import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { PeopleModule } from '../people/index.ts';
import { SsoModule } from '../sso/index.ts';
import { TokensModule } from '../tokens/index.ts';
import { DirectoryAccess } from './access.service.ts';
import { ScimDiscoveryController } from './discovery.controller.ts';
import { ScimGroupController } from './group.controller.ts';
import { DirectoryGroupRepository } from './group.repository.ts';
import { DirectoryGroups } from './group.service.ts';
import { Identify } from './identify.service.ts';
import { ProvisioningController } from './provisioning/provisioning.controller.ts';
import { ProvisioningRepository } from './provisioning/provisioning.repository.ts';
import { Provisioning } from './provisioning/provisioning.service.ts';
import { ScimUserController } from './user.controller.ts';
import { DirectoryUserRepository } from './user.repository.ts';
import { DirectoryUsers } from './user.service.ts';

@Module({
  imports: [AuditModule, PeopleModule, SsoModule, TokensModule],
  controllers: [ProvisioningController, ScimUserController, ScimGroupController, ScimDiscoveryController],
  providers: [
    DirectoryAccess,
    DirectoryGroupRepository,
    DirectoryGroups,
    DirectoryUserRepository,
    DirectoryUsers,
    Identify,
    Provisioning,
    ProvisioningRepository,
  ],
})
export class ScimModule {}
