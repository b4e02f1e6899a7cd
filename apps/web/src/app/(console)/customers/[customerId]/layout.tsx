import type { ReactNode } from 'react';
import { customerQuery } from '../../../../features/customers/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ customerId: string }>; children: ReactNode }) {
  return <Prefetch subject={customerQuery((await props.params).customerId)}>{props.children}</Prefetch>;
}
