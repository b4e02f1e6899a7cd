import type { Metadata } from 'next';
import { AgentFilters, AgentsPage, agentsQuery } from '../../../../features/agents/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../../lib/url/filters.ts';
import { t as common } from '../../../../messages/common.ts';

export const metadata: Metadata = { title: common('agents') };

type Parameters = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  const filters = parseFilters(AgentFilters, await searchParams);
  return (
    <Prefetch also={[agentsQuery(filters)]}>
      <AgentsPage />
    </Prefetch>
  );
}
