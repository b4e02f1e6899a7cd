import type { Metadata } from 'next';
import { AgentPage, agentQuery } from '../../../../features/agents/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Agent' };

export default async function Page({ params }: { params: Promise<{ agentId: string }> }) {
  const { agentId } = await params;
  return (
    <Prefetch subject={agentQuery(agentId)}>
      <AgentPage agentId={agentId} />
    </Prefetch>
  );
}
