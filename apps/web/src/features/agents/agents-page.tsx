'use client';

import { AGENT_STATES } from '@loopstart/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus, Router } from 'lucide-react';
import { useFilters } from '../../lib/url/use-filters.ts';
import { AGENT_STATE_WORDS } from '../../lib/words/fleet.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty, NoMatch } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useRefusal } from '../session/index.ts';
import { AGENT_COLUMNS } from './columns.tsx';
import { AgentFilters } from './filters.schema.ts';
import { agentsQuery } from './queries.ts';
import { t } from '../../messages/agents.ts';
import { t as common } from '../../messages/common.ts';

const STATES = AGENT_STATES.map((state) => [state, AGENT_STATE_WORDS[state]] as const);

export function AgentsPage() {
  const { filters, set } = useFilters(AgentFilters);
  const list = useInfiniteQuery(agentsQuery(filters));
  const refusal = useRefusal('agents.enrol');
  const add =
    refusal === null ? (
      <ButtonLink href="/agents/add" look="primary" icon={<Plus aria-hidden="true" className="size-4" />}>
        {t('addAnAgent')}
      </ButtonLink>
    ) : (
      <Button look="primary" disabledReason={refusal} icon={<Plus aria-hidden="true" className="size-4" />}>
        {t('addAnAgent')}
      </Button>
    );
  const filtered = filters.q !== undefined || filters.state !== undefined;
  return (
    <>
      <PageHeader title={common('agents')} description={t('agentRunsMachineEach')} actions={add} />
      <Toolbar label={t('filterAgents')}>
        <SearchField label={t('searchAgents')} value={filters.q} onChange={(q) => set({ q })} />
        <FilterChoice
          label={common('state')}
          value={filters.state}
          options={STATES}
          onChange={(state) => set({ state })}
        />
      </Toolbar>
      <Section title={t('allAgents')} flush>
        <ListTable
          list={list}
          what={t('agents')}
          caption={t('agentsTheirHealth')}
          columns={AGENT_COLUMNS}
          rowKey={(row) => row.id}
          sort={filters.sort}
          onSort={(sort) => set({ sort })}
          empty={
            filtered ? (
              <NoMatch
                title={t('noAgentsMatchFilters')}
                action={
                  <Button onClick={() => set({ q: undefined, state: undefined })}>{common('clearFilters')}</Button>
                }
              >
                {t('searchAnotherHostName')}
              </NoMatch>
            ) : (
              <Empty icon={<Router />} title={t('noAgentsYet')} action={add}>
                {t('gatewaysReadAgentsOne')}
              </Empty>
            )
          }
        />
      </Section>
    </>
  );
}
