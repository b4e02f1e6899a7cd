import type { Metadata } from 'next';
import { OrganisationPage, organisationQuery } from '../../../../features/settings/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/settings.ts';

export const metadata: Metadata = { title: t('organisation') };

export default function Page() {
  return (
    <Prefetch also={[organisationQuery()]}>
      <OrganisationPage />
    </Prefetch>
  );
}
