import type { Metadata } from 'next';
import { NewPolicyPage } from '../../../../../features/policies/index.ts';

export const metadata: Metadata = { title: 'Add a policy' };

export default function Page() {
  return <NewPolicyPage />;
}
