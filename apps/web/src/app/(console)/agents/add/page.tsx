import type { Metadata } from 'next';
import { AddAgentPage, siteChoicesQuery } from '../../../../features/agents/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Add an agent' };

export default function Page() {
  return (
    <Prefetch also={[siteChoicesQuery()]}>
      <AddAgentPage />
    </Prefetch>
  );
}
