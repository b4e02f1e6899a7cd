'use client';

import { useState } from 'react';
import { useInfiniteQuery, useQuery } from '../../../lib/api/use-query.ts';
import { t as compare } from '../../../messages/config-compare.ts';
import { t } from '../../../messages/configuration.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { FailurePage } from '../../../ui/failure-page.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { CONFIG_CHECK_TABLE } from '@loopstart/domain';
import { useRefusal } from '../../session/index.ts';
import { DeployDialog } from '../deployments/deploy-dialog.tsx';
import { revisionChangesQuery, revisionQuery } from '../queries.ts';
import { EntryChanges } from './entry-changes.tsx';
import { RollBackDialog } from './roll-back-dialog.tsx';

/** One revision: what it changed, why, and the way back to it. */
export function RevisionPage({ number }: { number: number }) {
  const revision = useQuery(revisionQuery(number));
  const changes = useInfiniteQuery(revisionChangesQuery(number));
  const mayDeploy = useRefusal('configuration.deploy');
  const mayPublish = useRefusal('configuration.publish');
  const [doing, setDoing] = useState<'deploy' | 'roll-back' | null>(null);
  if (revision.data === undefined) {
    if (revision.error !== null)
      return <FailurePage title={t('revision')} error={revision.error} retry={revision.refetch} />;
    return (
      <Loading what={t('revisionLower')}>
        <Bone className="h-64 w-full" />
      </Loading>
    );
  }
  const { name, publishedBy, publishedAt, reason, overrides } = revision.data;
  return (
    <>
      <PageHeader
        crumbs={[{ href: '/configuration/revisions', label: t('revisions') }]}
        title={t('revisionNamed', { number, name })}
        description={t.rich('revisionPublished', {
          who: publishedBy,
          reason,
          moment: <Moment at={publishedAt} siteZone={null} />,
        })}
        actions={
          <>
            <ButtonLink href={`/configuration/revisions/compare?from=${number}`}>{compare('compare')}</ButtonLink>
            <Button disabledReason={mayPublish} onClick={() => setDoing('roll-back')}>
              {t('rollBack')}
            </Button>
            <Button look="primary" disabledReason={mayDeploy} onClick={() => setDoing('deploy')}>
              {t('deploy')}
            </Button>
          </>
        }
      />
      {overrides.length > 0 && (
        <Section title={t('overrides')}>
          <ul className="flex flex-col gap-1 text-sm text-ink-2">
            {overrides.map((one) => (
              <li key={one.check}>
                {t('overrideGiven', { check: CONFIG_CHECK_TABLE[one.check].text, reason: one.reason })}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('changes')} flush>
        <EntryChanges list={changes} />
      </Section>
      {doing === 'deploy' && <DeployDialog revision={number} onClose={() => setDoing(null)} />}
      {doing === 'roll-back' && <RollBackDialog revision={number} onClose={() => setDoing(null)} />}
    </>
  );
}
