import type { Metadata } from 'next';
import { effectiveQuery, GatewayConfigurationPage } from '../../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';
import { t } from '../../../../../messages/configuration.ts';

export const metadata: Metadata = { title: t('configuration') };

export default async function Page({ params }: { params: Promise<{ gatewayId: string }> }) {
  const { gatewayId } = await params;
  return (
    <Prefetch also={[effectiveQuery(gatewayId)]}>
      <GatewayConfigurationPage gatewayId={gatewayId} />
    </Prefetch>
  );
}
