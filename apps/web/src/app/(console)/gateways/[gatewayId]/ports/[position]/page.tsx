import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PortPage } from '../../../../../../features/ports/index.ts';
import { t } from '../../../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('port') };

export default async function Page({ params }: { params: Promise<{ gatewayId: string; position: string }> }) {
  const { gatewayId, position } = await params;
  if (!/^[1-9]\d{0,3}$/.test(position)) notFound();
  return <PortPage gatewayId={gatewayId} position={Number(position)} />;
}
