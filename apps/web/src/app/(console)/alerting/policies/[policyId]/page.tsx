import type { Metadata } from 'next';
import { PolicyPage } from '../../../../../features/policies/index.ts';
import { t } from '../../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('policy') };

export default async function Page({ params }: { params: Promise<{ policyId: string }> }) {
  const { policyId } = await params;
  return <PolicyPage policyId={policyId} />;
}
