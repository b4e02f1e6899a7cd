import type { Metadata } from 'next';
import { GatewayPage, gatewayQuery } from '../../../../features/gateways/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Gateway' };

export default async function Page({ params }: { params: Promise<{ gatewayId: string }> }) {
  const { gatewayId } = await params;
  return (
    <Prefetch subject={gatewayQuery(gatewayId)}>
      <GatewayPage gatewayId={gatewayId} />
    </Prefetch>
  );
}
