'use client';

import { CONDITIONS } from '@loopstart/domain';
import { useQuery } from '../../lib/api/use-query.ts';
import { whyThisValue } from '../../lib/words/incident.ts';
import { query } from '../../lib/api/query.ts';
import { ChoiceField } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { type Column, DataTable, TableSkeleton } from '../../ui/table/data-table.tsx';
import { SubjectField } from '../matching/index.ts';
import { effectiveRows, type EffectiveRow } from './effective-rows.ts';
import type { ThresholdFilters } from './filters.schema.ts';
import { effectiveQuery } from './queries.ts';
import { valueWords } from './threshold-words.ts';
import { t } from '../../messages/thresholds.ts';

const COLUMNS: readonly Column<EffectiveRow>[] = [
  { id: 'kind', header: t('condition'), rowHeader: true, card: 'title', cell: (row) => CONDITIONS[row.kind].title },
  { id: 'label', header: t('threshold'), card: 'line', cell: (row) => row.label },
  {
    id: 'value',
    header: t('value'),
    align: 'right',
    card: 'aside',
    cell: (row) => (row.off ? t('notMonitored') : valueWords(row.value, row.unit)),
  },
  {
    id: 'why',
    header: t('whyThisValue'),
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
  const gateway = useQuery({
    ...query('getGateway', { params: { gatewayId: gatewayId ?? '' } }),
    enabled: gatewayId !== undefined,
  }).data;
  const ports = Array.from({ length: gateway?.ports.total ?? 0 }, (_, index) => index + 1);
  return (
    <Section title={t('effectiveThresholds')} note={t('oneGatewayPortReason')} flush>
      <div className="grid items-start gap-4 border-b border-line px-4 py-3 sm:grid-cols-[minmax(0,24rem)_auto] sm:justify-start">
        <SubjectField
          kind="gateway"
          legend={t('gateway')}
          name="gatewayId"
          value={gatewayId ?? ''}
          onChange={(next) => set({ gatewayId: next, position: undefined })}
        />
        {gatewayId !== undefined && (
          <ChoiceField
            label={t('port')}
            name="position"
            value={position ?? ''}
            onChange={(event) => set({ position: event.target.value === '' ? undefined : event.target.value })}
          >
            <option value="">{t('theGatewayItself')}</option>
            {ports.map((port) => (
              <option key={port} value={port}>
                {port}
              </option>
            ))}
          </ChoiceField>
        )}
      </div>
      {gatewayId === undefined ? (
        <Empty title={t('chooseGatewayPort')}>{t('thenEachThresholdShows')}</Empty>
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
      <Loading what={t('thresholds')}>
        <TableSkeleton columns={COLUMNS} />
      </Loading>
    );
  }
  return (
    <DataTable
      caption={t('effectiveThresholds')}
      columns={COLUMNS}
      rows={effectiveRows(data.items, position !== undefined)}
      rowKey={(row) => `${row.kind}.${row.name}`}
    />
  );
}
