import type { Metadata } from 'next';
import {
  EntriesPage,
  entriesQuery,
  openDraftsQuery,
  PlaceFilters,
  placeOf,
} from '../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../../lib/url/filters.ts';
import { t } from '../../../../messages/configuration.ts';

export const metadata: Metadata = { title: t('configuration') };

type Parameters = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  const place = placeOf(parseFilters(PlaceFilters, await searchParams));
  return (
    <Prefetch also={place === null ? [openDraftsQuery()] : [openDraftsQuery(), entriesQuery(place)]}>
      <EntriesPage />
    </Prefetch>
  );
}
