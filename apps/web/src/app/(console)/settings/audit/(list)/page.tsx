import type { Metadata } from 'next';
import { AUDIT, AuditPage } from '../../../../../features/audit/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';
import { t } from '../../../../../messages/audit.ts';
import { firstPage } from '../../../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../../../ui/grid/model.ts';

export const metadata: Metadata = { title: t('audit') };

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  return (
    <Prefetch also={[firstPage(AUDIT, await searchParams)]}>
      <AuditPage />
    </Prefetch>
  );
}
