import type { Metadata } from 'next';
import { DeploymentPage } from '../../../../../features/configuration/index.ts';
import { t } from '../../../../../messages/configuration.ts';

export const metadata: Metadata = { title: t('deployment') };

export default async function Page({ params }: { params: Promise<{ deploymentId: string }> }) {
  return <DeploymentPage deploymentId={(await params).deploymentId} />;
}
