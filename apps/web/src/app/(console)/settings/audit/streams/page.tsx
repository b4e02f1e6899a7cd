import type { Metadata } from 'next';
import { StreamsPage, streamsQuery } from '../../../../../features/audit-streams/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';
import { t } from '../../../../../messages/audit-streams.ts';

export const metadata: Metadata = { title: t('title') };

export default function Page() {
  return (
    <Prefetch also={[streamsQuery()]}>
      <StreamsPage />
    </Prefetch>
  );
}
