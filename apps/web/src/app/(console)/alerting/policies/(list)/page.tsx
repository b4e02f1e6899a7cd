import type { Metadata } from 'next';
import { PoliciesPage, policiesQuery } from '../../../../../features/policies/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Policies' };

export default function Page() {
  return (
    <Prefetch also={[policiesQuery()]}>
      <PoliciesPage />
    </Prefetch>
  );
}
