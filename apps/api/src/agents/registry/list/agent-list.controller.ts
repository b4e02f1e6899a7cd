import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { likeWords } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { AGENT_CSV } from './agent-csv.ts';
import { AgentListRepository } from './agent-list.repository.ts';

/** The agents of all sites. */
@Controller()
export class AgentListController {
  constructor(
    private readonly agents: AgentListRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listAgents)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listAgents>) {
    const { q, sort = 'hostname', cursor, limit, ...filter } = query;
    const page = { sort, cursor, limit };
    return this.agents.list(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, page);
  }

  @Implements(endpoints.getAgentFacet)
  facet(@Call() { caller, query: { q, facet, ...filter } }: CallOf<typeof endpoints.getAgentFacet>) {
    return this.agents.facet(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, facet);
  }

  @Implements(endpoints.exportAgents)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportAgents>): StreamableFile {
    const { q, sort = 'hostname', columns, ...filter } = query;
    const [now, asked] = [new Date(this.now()), { ...filter, words: likeWords(q) }];
    return csvList('agents', AGENT_CSV, columns, (page) =>
      this.agents.list(caller.scope, now, asked, { sort, ...page }),
    );
  }
}
