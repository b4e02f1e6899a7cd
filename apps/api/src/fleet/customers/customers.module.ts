import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { CustomerListController } from './list/customer-list.controller.ts';
import { CustomerListRepository } from './list/customer-list.repository.ts';
import { CustomerController } from './customer.controller.ts';
import { CustomerRepository } from './customer.repository.ts';
import { CustomerService } from './customer.service.ts';

@Module({
  imports: [AuditModule],
  // The list first: its paths are not ids of customers.
  controllers: [CustomerListController, CustomerController],
  providers: [CustomerListRepository, CustomerRepository, CustomerService],
})
export class CustomersModule {}
