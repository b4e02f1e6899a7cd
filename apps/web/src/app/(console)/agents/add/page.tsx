import type { Metadata } from 'next';
import { AddAgentPage, siteChoicesQuery } from '../../../../features/agents/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('addAnAgent') };

export default function Page() {
  return (
    <Prefetch also={[siteChoicesQuery()]}>
      <AddAgentPage />
    </Prefetch>
  );
}
