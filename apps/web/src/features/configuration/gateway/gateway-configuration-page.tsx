'use client';

import { useState } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { t as compare } from '../../../messages/config-compare.ts';
import { t as lines } from '../../../messages/config-lines.ts';
import { t } from '../../../messages/configuration.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { FailurePage } from '../../../ui/failure-page.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { useRefusal } from '../../session/index.ts';
import { DeployDialog } from '../deployments/deploy-dialog.tsx';
import { effectiveQuery } from '../queries.ts';
import { ChangeTimeline } from '../timeline/timeline-section.tsx';
import { AccessSection } from './access-section.tsx';
import { EffectiveSections } from './effective-sections.tsx';
import { GatewayJobs } from './gateway-jobs.tsx';
import { RunningSection } from './running-section.tsx';

/** The configuration of one gateway: what it should have and why, how it got there, and what it runs. */
export function GatewayConfigurationPage({ gatewayId }: { gatewayId: string }) {
  const effective = useQuery(effectiveQuery(gatewayId));
  const mayDeploy = useRefusal('configuration.deploy');
  const [deploying, setDeploying] = useState(false);
  if (effective.data === undefined) {
    if (effective.error !== null)
      return <FailurePage title={t('configuration')} error={effective.error} retry={effective.refetch} />;
    return (
      <Loading what={t('configurationLower')}>
        <Bone className="h-96 w-full" />
      </Loading>
    );
  }
  const { gateway, revision, confirmedRevision } = effective.data;
  return (
    <>
      <PageHeader
        crumbs={[
          { href: `/sites/${gateway.siteId}`, label: gateway.siteName },
          { href: `/gateways/${gateway.id}`, label: gateway.name },
        ]}
        title={t('configurationOf', { name: gateway.name })}
        description={
          revision === null
            ? t('noRevisions')
            : confirmedRevision === null
              ? t('neverConfirmed', { newest: revision })
              : t('confirmedHas', { confirmed: confirmedRevision, newest: revision })
        }
        actions={
          <>
            <ButtonLink href={`/configuration/lines?which=gateway&gatewayId=${gateway.id}`}>
              {lines('editLines')}
            </ButtonLink>
            <ButtonLink href={`/configuration/compare?one=${gateway.id}`}>{compare('compareWith')}</ButtonLink>
            {revision !== null && (
              <Button look="primary" disabledReason={mayDeploy} onClick={() => setDeploying(true)}>
                {t('deployNewest')}
              </Button>
            )}
          </>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <EffectiveSections effective={effective.data} />
          <ChangeTimeline gatewayId={gatewayId} siteZone={null} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <GatewayJobs gatewayId={gatewayId} />
          <RunningSection gatewayId={gatewayId} gatewayName={gateway.name} />
          <AccessSection gatewayId={gatewayId} />
        </div>
      </div>
      {deploying && revision !== null && (
        <DeployDialog revision={revision} gatewayId={gatewayId} onClose={() => setDeploying(false)} />
      )}
    </>
  );
}
