import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { CustomerController } from './customer.controller.ts';
import { CustomerRepository } from './customer.repository.ts';
import { CustomerService } from './customer.service.ts';

@Module({ imports: [AuditModule], controllers: [CustomerController], providers: [CustomerRepository, CustomerService] })
export class CustomersModule {}
