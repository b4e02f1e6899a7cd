import type { Metadata } from 'next';
import { SingleSignOnPage, singleSignOnQuery } from '../../../../features/single-sign-on/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/single-sign-on.ts';

export const metadata: Metadata = { title: t('title') };

export default function Page() {
  return (
    <Prefetch also={[singleSignOnQuery()]}>
      <SingleSignOnPage />
    </Prefetch>
  );
}
