import type { Metadata } from 'next';
import { OperatorsPage, operatorsQuery } from '../../../../features/provider/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/provider.ts';

export const metadata: Metadata = { title: t('operators') };

export default function Page() {
  return (
    <Prefetch also={[operatorsQuery()]}>
      <OperatorsPage />
    </Prefetch>
  );
}
