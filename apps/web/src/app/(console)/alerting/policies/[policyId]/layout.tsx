import type { ReactNode } from 'react';
import { policyQuery } from '../../../../../features/policies/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ policyId: string }>; children: ReactNode }) {
  return <Prefetch subject={policyQuery((await props.params).policyId)}>{props.children}</Prefetch>;
}
