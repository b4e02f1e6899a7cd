import type { Metadata } from 'next';
import { heldTotalQuery } from '../../../../features/alerts/index.ts';
import { INCIDENTS, IncidentsPage } from '../../../../features/incidents/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t as common } from '../../../../messages/common.ts';
import { firstPage } from '../../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../../ui/grid/model.ts';

export const metadata: Metadata = { title: common('incidents') };

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  return (
    <Prefetch also={[firstPage(INCIDENTS, await searchParams), heldTotalQuery()]}>
      <IncidentsPage />
    </Prefetch>
  );
}
