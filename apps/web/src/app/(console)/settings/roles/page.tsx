import type { Metadata } from 'next';
import { RolesPage, rolesQuery } from '../../../../features/roles/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/roles.ts';

export const metadata: Metadata = { title: t('title') };

export default function Page() {
  return (
    <Prefetch also={[rolesQuery()]}>
      <RolesPage />
    </Prefetch>
  );
}
