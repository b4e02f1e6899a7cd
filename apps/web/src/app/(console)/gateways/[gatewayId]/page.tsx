import type { Metadata } from 'next';
import { GatewayPage } from '../../../../features/gateways/index.ts';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('gateway') };

export default async function Page({ params }: { params: Promise<{ gatewayId: string }> }) {
  const { gatewayId } = await params;
  return <GatewayPage gatewayId={gatewayId} />;
}
