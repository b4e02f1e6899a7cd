import type { Metadata } from 'next';
import { DriftPage, openDriftsQuery } from '../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/configuration.ts';

export const metadata: Metadata = { title: t('drift') };

export default function Page() {
  return (
    <Prefetch also={[openDriftsQuery()]}>
      <DriftPage />
    </Prefetch>
  );
}
