import type { Metadata } from 'next';
import { UsagePage, usageQuery } from '../../../../features/provider/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/provider.ts';

export const metadata: Metadata = { title: t('usage') };

export default function Page() {
  return (
    <Prefetch also={[usageQuery()]}>
      <UsagePage />
    </Prefetch>
  );
}
