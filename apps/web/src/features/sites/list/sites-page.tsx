'use client';

import { MapPin, Plus } from 'lucide-react';
import { useState } from 'react';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/sites.ts';
import { Button } from '../../../ui/button.tsx';
import { Grid } from '../../../ui/grid/grid.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';
import { SiteMap } from '../map/site-map.tsx';
import { SiteDialog } from '../site-dialog.tsx';
import { SITES } from './list.ts';
import { SitePanel } from './site-panel.tsx';

export function SitesPage() {
  const refusal = useRefusal('sites.write');
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        title={common('sites')}
        description={t('placesGatewaysEachOwn')}
        actions={
          <Button
            look="primary"
            disabledReason={refusal}
            onClick={() => setAdding(true)}
            icon={<Plus aria-hidden="true" className="size-4" />}
          >
            {t('addASite')}
          </Button>
        }
      />
      <Grid
        list={SITES}
        renderAbove={(sites) => (
          <Section title={t('map')} note={t('listBelowSameSites')} flush>
            {sites === undefined ? (
              <Loading what={t('theMap')}>
                <Bone className="h-56 w-full sm:h-80" />
              </Loading>
            ) : (
              <SiteMap sites={sites} />
            )}
          </Section>
        )}
        renderPanel={(site) => <SitePanel site={site} />}
        empty={
          <Empty icon={<MapPin />} title={t('noSitesYet')}>
            {t('siteBelongsCustomerAdd')}
          </Empty>
        }
      />
      <SiteDialog open={adding} onOpenChange={setAdding} />
    </>
  );
}
