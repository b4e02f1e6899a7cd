import type { Metadata } from 'next';
import { SilenceFilters, SilencesPage, silencesQuery } from '../../../../features/maintenance/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../../lib/url/filters.ts';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('silences') };

type Parameters = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  const { state } = parseFilters(SilenceFilters, await searchParams);
  return (
    <Prefetch also={[silencesQuery(state)]}>
      <SilencesPage />
    </Prefetch>
  );
}
