import type { ReactNode } from 'react';
import { agentQuery } from '../../../../features/agents/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ agentId: string }>; children: ReactNode }) {
  return <Prefetch subject={agentQuery((await props.params).agentId)}>{props.children}</Prefetch>;
}
