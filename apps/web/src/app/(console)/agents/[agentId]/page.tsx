import type { Metadata } from 'next';
import { AgentPage } from '../../../../features/agents/index.ts';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('agent') };

export default async function Page({ params }: { params: Promise<{ agentId: string }> }) {
  const { agentId } = await params;
  return <AgentPage agentId={agentId} />;
}
