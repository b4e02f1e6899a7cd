'use client';

import { ListTree } from 'lucide-react';
import { t } from '../../messages/lines.ts';
import { Grid } from '../../ui/grid/grid.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { useLineActions } from './bulk-actions.tsx';
import { LinePanel } from './line-panel.tsx';
import { LINES } from './list.ts';

export function PortSearchPage() {
  const actions = useLineActions();
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Grid
        list={LINES}
        bulk={actions}
        renderPanel={(line) => <LinePanel line={line} />}
        empty={
          <Empty icon={<ListTree />} title={t('emptyTitle')}>
            {t('empty')}
          </Empty>
        }
      />
    </>
  );
}
