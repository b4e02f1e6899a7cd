import type { Metadata } from 'next';
import { SILENCES, SilencesPage } from '../../../../features/maintenance/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/shell.ts';
import { firstPage } from '../../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../../ui/grid/model.ts';

export const metadata: Metadata = { title: t('silences') };

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  return (
    <Prefetch also={[firstPage(SILENCES, await searchParams)]}>
      <SilencesPage />
    </Prefetch>
  );
}
