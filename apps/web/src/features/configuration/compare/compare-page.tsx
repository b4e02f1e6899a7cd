'use client';

import { ArrowLeftRight, Columns2 } from 'lucide-react';
import { z } from 'zod';
import { useQuery } from '../../../lib/api/use-query.ts';
import { useFilters } from '../../../lib/url/use-filters.ts';
import { t } from '../../../messages/config-compare.ts';
import { Button } from '../../../ui/button.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Empty, Failure } from '../../../ui/state-panel.tsx';
import { SubjectField } from '../../matching/index.ts';
import { effectiveQuery } from '../queries.ts';
import { ComparedParts } from './compared-parts.tsx';

const SHOWN = ['differences', 'all'] as const;
/** The two gateways, in the address of the page. */
const CompareFilters = z.object({
  one: z.string().optional(),
  other: z.string().optional(),
  show: z.enum(SHOWN).optional(),
});

/** Configuration → Compare gateways: the settings of two gateways and their ports side by side. */
export function ComparePage() {
  const { filters, set } = useFilters(CompareFilters);
  const { one, other, show = 'differences' } = filters;
  return (
    <>
      <PageHeader title={t('title')} description={t('about')} />
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_auto]">
        <SubjectField
          kind="gateway"
          legend={t('one')}
          name="one"
          value={one ?? ''}
          onChange={(id) => set({ one: id })}
        />
        <Button
          look="quiet"
          aria-label={t('swap')}
          icon={<ArrowLeftRight aria-hidden="true" className="size-4" />}
          onClick={() => set({ one: other, other: one })}
        />
        <SubjectField
          kind="gateway"
          legend={t('other')}
          name="other"
          value={other ?? ''}
          onChange={(id) => set({ other: id })}
        />
        <Segmented
          label={t('show')}
          value={show}
          options={SHOWN.map((value) => [value, t.group('showOptions')[value]] as const)}
          onChange={(value) => set({ show: value === 'all' ? value : undefined })}
        />
      </div>
      {one === undefined || other === undefined ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty icon={<Columns2 />} title={t('choose')}>
            {t('chooseAbout')}
          </Empty>
        </div>
      ) : (
        <Compared {...{ one, other }} isWhole={show === 'all'} />
      )}
    </>
  );
}

function Compared({ one, other, isWhole }: { one: string; other: string; isWhole: boolean }) {
  const left = useQuery(effectiveQuery(one));
  const right = useQuery(effectiveQuery(other));
  if (left.data !== undefined && right.data !== undefined)
    return <ComparedParts one={left.data} other={right.data} isWhole={isWhole} />;
  const failed = [left, right].find(({ error }) => error !== null);
  if (failed !== undefined) return <Failure error={failed.error} retry={failed.refetch} />;
  return (
    <Loading what={t('loading')}>
      <Bone className="h-64 w-full" />
    </Loading>
  );
}
