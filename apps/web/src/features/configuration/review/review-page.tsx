'use client';

import { useQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { FailurePage } from '../../../ui/failure-page.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Failure } from '../../../ui/state-panel.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useRefusal } from '../../session/index.ts';
import { useState } from 'react';
import { draftQuery, reviewQuery } from '../queries.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { EditsSection } from './edits-section.tsx';
import { FindingsSection } from './findings-section.tsx';
import { GatewayReviews } from './gateway-reviews.tsx';
import { ImpactFacts } from './impact-facts.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { publishRefusal } from './publish-refusal.ts';

/** A draft before it is published: what it touches, what it disturbs, what stops it, and every difference. */
export function ReviewPage({ draftId }: { draftId: string }) {
  const draft = useQuery(draftQuery(draftId));
  const isOpen = draft.data?.state === 'open';
  const review = useQuery({ ...reviewQuery(draftId), enabled: isOpen });
  const mayPublish = useRefusal('configuration.publish');
  const mayWrite = useRefusal('configuration.write');
  const [doing, setDoing] = useState<'publish' | 'discard' | null>(null);
  if (draft.data === undefined) {
    if (draft.error !== null) return <FailurePage title={t('draft')} error={draft.error} retry={draft.refetch} />;
    return (
      <Loading what={t('draftLower')}>
        <Bone className="h-64 w-full" />
      </Loading>
    );
  }
  const { name, state, createdBy, createdAt } = draft.data;
  return (
    <>
      <PageHeader
        crumbs={[{ href: '/configuration/drafts', label: t('drafts') }]}
        title={name}
        state={<Tag tone={isOpen ? 'accent' : 'plain'}>{t.group('draftStates')[state]}</Tag>}
        description={t.rich('draftBegun', { who: createdBy, moment: <Moment at={createdAt} siteZone={null} /> })}
        actions={
          isOpen && (
            <>
              <Button disabledReason={mayPublish} onClick={() => setDoing('discard')}>
                {t('discard')}
              </Button>
              <Button
                look="primary"
                disabledReason={mayPublish ?? publishRefusal(draft.data, review.data)}
                onClick={() => setDoing('publish')}
              >
                {t('publish')}
              </Button>
            </>
          )
        }
      />
      {isOpen && (
        <>
          <Section title={t('impact')}>
            {review.data === undefined ? (
              review.error === null ? (
                <Loading what={t('reviewLower')}>
                  <Bone className="h-24 w-full" />
                </Loading>
              ) : (
                <Failure error={review.error} retry={review.refetch} />
              )
            ) : (
              <ImpactFacts review={review.data} />
            )}
          </Section>
          {review.data !== undefined && <FindingsSection review={review.data} />}
          <GatewayReviews draftId={draftId} />
        </>
      )}
      <EditsSection draftId={draftId} isOpen={isOpen} refusal={mayWrite} />
      {doing === 'publish' && review.data !== undefined && (
        <PublishDialog draft={draft.data} review={review.data} onClose={() => setDoing(null)} />
      )}
      {doing === 'discard' && <DiscardDialog draft={draft.data} onClose={() => setDoing(null)} />}
    </>
  );
}
