import type { Metadata } from 'next';
import { conditionsQuery, ThresholdsPage } from '../../../../features/thresholds/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('thresholds') };

export default function Page() {
  return (
    <Prefetch also={[conditionsQuery()]}>
      <ThresholdsPage />
    </Prefetch>
  );
}
