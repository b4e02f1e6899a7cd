import type { Metadata } from 'next';
import { ChannelsPage } from '../../../../../features/channels/index.ts';
import { channelsQuery } from '../../../../../features/matching/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Channels' };

export default function Page() {
  return (
    <Prefetch also={[channelsQuery()]}>
      <ChannelsPage />
    </Prefetch>
  );
}
