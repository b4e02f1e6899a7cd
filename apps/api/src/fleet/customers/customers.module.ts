import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { CustomerController } from './customer.controller.ts';
import { CustomerRepository } from './customer.repository.ts';

@Module({ imports: [AuditModule], controllers: [CustomerController], providers: [CustomerRepository] })
export class CustomersModule {}
