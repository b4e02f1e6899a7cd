import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { RoleController } from './role.controller.ts';
import { RoleRepository } from './role.repository.ts';
import { RoleService } from './role.service.ts';

@Module({ imports: [AuditModule], controllers: [RoleController], providers: [RoleRepository, RoleService] })
export class RolesModule {}
