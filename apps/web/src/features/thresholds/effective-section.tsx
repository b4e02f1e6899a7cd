'use client';

import { CONDITIONS } from '@loopstart/domain';
import { useQuery } from '@tanstack/react-query';
import { whyThisValue } from '../../lib/words/incident.ts';
import { FilterChoice } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { type Column, DataTable, TableSkeleton } from '../../ui/table/data-table.tsx';
import { gatewayNamesQuery } from '../matching/index.ts';
import { effectiveRows, type EffectiveRow } from './effective-rows.ts';
import type { ThresholdFilters } from './filters.schema.ts';
import { effectiveQuery } from './queries.ts';
import { valueWords } from './threshold-words.ts';

const COLUMNS: readonly Column<EffectiveRow>[] = [
  { id: 'kind', header: 'Condition', rowHeader: true, card: 'title', cell: (row) => CONDITIONS[row.kind].title },
  { id: 'label', header: 'Threshold', card: 'line', cell: (row) => row.label },
  {
    id: 'value',
    header: 'Value',
    align: 'right',
    card: 'aside',
    cell: (row) => (row.off ? 'Not watched' : valueWords(row.value, row.unit)),
  },
  {
    id: 'why',
    header: 'Why this value',
    card: 'line',
    cell: (row) => <span className="text-ink-2">{whyThisValue(row)}</span>,
  },
];

/** What is in force at one gateway or port, threshold by threshold, and why. */
export function EffectiveSection(props: {
  gatewayId: string | undefined;
  position: number | undefined;
  set: (change: Partial<Record<keyof ThresholdFilters, string | undefined>>) => void;
}) {
  const { gatewayId, position, set } = props;
  const gateways = useQuery(gatewayNamesQuery()).data?.items ?? [];
  const gateway = gateways.find((one) => one.id === gatewayId);
  const ports = Array.from({ length: gateway?.ports.total ?? 0 }, (_, index) => {
    const word = String(index + 1);
    return [word, word] as const;
  });
  return (
    <Section
      title="What is in force"
      note="at one gateway or port, and why"
      flush
      actions={
        <>
          <FilterChoice
            label="Gateway"
            unset="choose one"
            value={gatewayId}
            options={gateways.map((one) => [one.id, `${one.name} (${one.site.name})`] as const)}
            onChange={(next) => set({ gatewayId: next, position: undefined })}
          />
          {gatewayId !== undefined && (
            <FilterChoice
              label="Port"
              unset="none"
              value={position === undefined ? undefined : String(position)}
              options={ports}
              onChange={(next) => set({ position: next })}
            />
          )}
        </>
      }
    >
      {gatewayId === undefined ? (
        <Empty title="Choose a gateway, and a port of it">
          Then each threshold shows its value there and who set it why.
        </Empty>
      ) : (
        <Table gatewayId={gatewayId} position={position} />
      )}
    </Section>
  );
}

function Table({ gatewayId, position }: { gatewayId: string; position: number | undefined }) {
  const { data, error, refetch } = useQuery(effectiveQuery(gatewayId, position));
  if (data === undefined) {
    if (error !== null) return <Failure error={error} retry={refetch} />;
    return (
      <Loading what="thresholds">
        <TableSkeleton columns={COLUMNS} />
      </Loading>
    );
  }
  return (
    <DataTable
      caption="Thresholds in force"
      columns={COLUMNS}
      rows={effectiveRows(data.items, position !== undefined)}
      rowKey={(row) => `${row.kind}.${row.name}`}
    />
  );
}
