import type { ReactNode } from 'react';
import { gatewayQuery } from '../../../../features/gateways/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ gatewayId: string }>; children: ReactNode }) {
  return <Prefetch subject={gatewayQuery((await props.params).gatewayId)}>{props.children}</Prefetch>;
}
