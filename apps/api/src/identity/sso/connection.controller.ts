import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { ConnectionTest } from './connection-test.service.ts';
import { ConnectionService } from './connection.service.ts';

@Controller()
export class ConnectionController {
  constructor(
    private readonly connections: ConnectionService,
    private readonly tests: ConnectionTest,
  ) {}

  @Implements(endpoints.getSingleSignOn)
  get(@Call() { caller }: CallOf<typeof endpoints.getSingleSignOn>) {
    return this.connections.get(caller);
  }

  @Implements(endpoints.setSingleSignOnPolicy)
  setPolicy(@Call() { person: caller, body, requestId }: CallOf<typeof endpoints.setSingleSignOnPolicy>) {
    return this.connections.setRequired({ caller, requestId }, body.required);
  }

  @Implements(endpoints.createSsoConnection)
  create(@Call() { person: caller, body, requestId }: CallOf<typeof endpoints.createSsoConnection>) {
    return this.connections.create({ caller, requestId }, body);
  }

  @Implements(endpoints.updateSsoConnection)
  update(@Call() { person: caller, params, body, requestId }: CallOf<typeof endpoints.updateSsoConnection>) {
    return this.connections.update({ caller, requestId }, params.connectionId, body);
  }

  @Implements(endpoints.testSsoConnection)
  test(@Call() { person: caller, params, requestId }: CallOf<typeof endpoints.testSsoConnection>) {
    return this.tests.run({ caller, requestId }, params.connectionId);
  }

  @Implements(endpoints.deleteSsoConnection)
  remove(@Call() { person: caller, params, requestId }: CallOf<typeof endpoints.deleteSsoConnection>) {
    return this.connections.remove({ caller, requestId }, params.connectionId);
  }
}
