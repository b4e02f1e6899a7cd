import type { Metadata } from 'next';
import { PolicyPage, policyQuery } from '../../../../../features/policies/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Policy' };

export default async function Page({ params }: { params: Promise<{ policyId: string }> }) {
  const { policyId } = await params;
  return (
    <Prefetch subject={policyQuery(policyId)}>
      <PolicyPage policyId={policyId} />
    </Prefetch>
  );
}
