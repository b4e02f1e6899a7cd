import type { Metadata } from 'next';
import { ChannelPage, channelQuery } from '../../../../../features/channels/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Channel' };

export default async function Page({ params }: { params: Promise<{ channelId: string }> }) {
  const { channelId } = await params;
  return (
    <Prefetch subject={channelQuery(channelId)}>
      <ChannelPage channelId={channelId} />
    </Prefetch>
  );
}
