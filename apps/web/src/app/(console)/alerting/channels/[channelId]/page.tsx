import type { Metadata } from 'next';
import { ChannelPage } from '../../../../../features/channels/index.ts';
import { t } from '../../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('channel') };

export default async function Page({ params }: { params: Promise<{ channelId: string }> }) {
  const { channelId } = await params;
  return <ChannelPage channelId={channelId} />;
}
