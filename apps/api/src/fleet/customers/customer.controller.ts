import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { CustomerService } from './customer.service.ts';

@Controller()
export class CustomerController {
  constructor(private readonly service: CustomerService) {}

  @Implements(endpoints.createCustomer)
  create(@Call() call: CallOf<typeof endpoints.createCustomer>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.getCustomer)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getCustomer>) {
    return this.service.one(caller.scope, params.customerId);
  }

  @Implements(endpoints.updateCustomer)
  update(@Call() call: CallOf<typeof endpoints.updateCustomer>) {
    return this.service.update(call, call.params.customerId, call.body);
  }

  @Implements(endpoints.deleteCustomer)
  remove(@Call() call: CallOf<typeof endpoints.deleteCustomer>): Promise<void> {
    return this.service.remove(call, call.params.customerId);
  }
}
