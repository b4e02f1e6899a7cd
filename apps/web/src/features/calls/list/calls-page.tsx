'use client';

import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/calls.ts';
import { Grid } from '../../../ui/grid/grid.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { CoverageBanner, NoCalls } from '../coverage.tsx';
import { CallPanel } from './call-panel.tsx';
import { CALLS } from './list.ts';

export function CallsPage() {
  return (
    <>
      <PageHeader title={common('calls')} description={t('description')} />
      <CoverageBanner />
      <Grid list={CALLS} renderPanel={(call) => <CallPanel call={call} />} empty={<NoCalls />} />
    </>
  );
}
