'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { ListTable } from '../../../ui/table/list-table.tsx';
import { allHeldAlertsQuery } from '../queries.ts';
import { HELD_COLUMNS } from './columns.tsx';

const CRUMBS = [{ href: '/incidents', label: 'Incidents' }];

/** What is wrong and told to nobody, with the reason: the answer to "why was I not paged?". */
export function HeldPage() {
  const list = useInfiniteQuery(allHeldAlertsQuery());
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title="Held back"
        description="What is wrong, but told to nobody: because something bigger explains it, or somebody works on it."
      />
      <div className="overflow-clip rounded-lg border border-line bg-surface">
        <ListTable
          list={list}
          what="alerts"
          caption="Alerts that are told to nobody, with the reason"
          columns={HELD_COLUMNS}
          rowKey={(row) => row.id}
          empty={
            <Empty icon={<CircleCheck />} title="Nothing is held back">
              Everything that is wrong has an incident of its own.
            </Empty>
          }
        />
      </div>
    </>
  );
}
