import type { Metadata } from 'next';
import { ChannelsPage } from '../../../../../features/channels/index.ts';
import { channelsQuery } from '../../../../../features/matching/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';
import { t } from '../../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('channels2') };

export default function Page() {
  return (
    <Prefetch also={[channelsQuery()]}>
      <ChannelsPage />
    </Prefetch>
  );
}
