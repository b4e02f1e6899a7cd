import type { Metadata } from 'next';
import { LinesPage, openDraftsQuery } from '../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/config-lines.ts';

export const metadata: Metadata = { title: t('title') };

export default function Page() {
  return (
    <Prefetch also={[openDraftsQuery()]}>
      <LinesPage />
    </Prefetch>
  );
}
