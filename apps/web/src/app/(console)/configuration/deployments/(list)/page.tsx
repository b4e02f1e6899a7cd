import type { Metadata } from 'next';
import { DeploymentsPage, deploymentsQuery } from '../../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';
import { t } from '../../../../../messages/configuration.ts';

export const metadata: Metadata = { title: t('deployments') };

export default function Page() {
  return (
    <Prefetch also={[deploymentsQuery()]}>
      <DeploymentsPage />
    </Prefetch>
  );
}
