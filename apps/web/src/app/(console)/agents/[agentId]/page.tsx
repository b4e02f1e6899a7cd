import type { Metadata } from 'next';
import { AgentPage } from '../../../../features/agents/index.ts';

export const metadata: Metadata = { title: 'Agent' };

export default async function Page({ params }: { params: Promise<{ agentId: string }> }) {
  const { agentId } = await params;
  return <AgentPage agentId={agentId} />;
}
