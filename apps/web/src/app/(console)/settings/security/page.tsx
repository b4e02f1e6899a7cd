import type { Metadata } from 'next';
import { SecurityPage, signInPolicyQuery } from '../../../../features/security/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/security.ts';

export const metadata: Metadata = { title: t('title') };

export default function Page() {
  return (
    <Prefetch also={[signInPolicyQuery()]}>
      <SecurityPage />
    </Prefetch>
  );
}
