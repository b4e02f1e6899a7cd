import type { Metadata } from 'next';
import { NewPolicyPage } from '../../../../../features/policies/index.ts';
import { t } from '../../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('addAPolicy') };

export default function Page() {
  return <NewPolicyPage />;
}
