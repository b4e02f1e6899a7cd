'use client';

import { Server } from 'lucide-react';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/gateways.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { Grid } from '../../../ui/grid/grid.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { useGatewayActions } from './bulk-actions.tsx';
import { GatewayPanel } from './gateway-panel.tsx';
import { GATEWAYS } from './list.ts';

export function GatewaysPage() {
  const actions = useGatewayActions();
  return (
    <>
      <PageHeader title={common('gateways')} description={t('description')} />
      <Grid
        list={GATEWAYS}
        bulk={actions}
        renderPanel={(gateway) => <GatewayPanel gateway={gateway} />}
        empty={
          <Empty
            icon={<Server />}
            title={t('noGatewaysYet')}
            action={
              <ButtonLink href="/agents/add" look="primary">
                {t('addAnAgent')}
              </ButtonLink>
            }
          >
            {t('gatewaysAppearAgentTheir')}
          </Empty>
        }
      />
    </>
  );
}
