import type { Metadata } from 'next';
import { PoliciesPage, policiesQuery } from '../../../../../features/policies/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';
import { t } from '../../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('policies') };

export default function Page() {
  return (
    <Prefetch also={[policiesQuery()]}>
      <PoliciesPage />
    </Prefetch>
  );
}
