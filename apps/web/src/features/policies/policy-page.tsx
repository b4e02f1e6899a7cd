'use client';

import { endpoints, type Policy } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { DetailPageSkeleton } from '../../ui/page-skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { AuditLink } from '../audit/index.ts';
import { matchWords, useNames } from '../matching/index.ts';
import { LockedBanner, lockedReason } from '../ownership/index.ts';
import { useRefusal } from '../session/index.ts';
import { PolicyEditor } from './policy-editor.tsx';
import { PolicyWords } from './policy-words.tsx';
import { policyQuery } from './queries.ts';
import { ReachNote } from './reach-note.tsx';
import { t } from '../../messages/policies.ts';

const CRUMBS = [{ href: '/alerting/policies', label: t('policies') }];

/** One policy, to be read and changed. */
export function PolicyPage({ policyId }: { policyId: string }) {
  const { data: policy, error, refetch } = useQuery(policyQuery(policyId));
  const names = useNames();
  const refusal = useRefusal('policies.delete');
  const [removing, setRemoving] = useState(false);
  if (policy === undefined || names === undefined) {
    return error === null ? <DetailPageSkeleton what={t('thePolicy')} /> : <Failure error={error} retry={refetch} />;
  }
  const reason = policy.isDefault ? t('defaultCannotDeletedEvery') : lockedReason(policy, 'delete');
  const locked = lockedReason(policy, 'change') !== null;
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={policy.name}
        description={
          policy.isDefault
            ? t('defaultMatchesEveryIncidentNo')
            : locked
              ? t('lockedFirst')
              : t('numberOrder', { ordinal: policy.ordinal })
        }
        actions={
          <>
            <AuditLink subjectId={policy.id} />
            <Button
              look="danger"
              disabledReason={reason ?? refusal}
              onClick={() => setRemoving(true)}
              icon={<Trash2 aria-hidden="true" className="size-4" />}
            >
              {t('delete')}
            </Button>
          </>
        }
      />
      <ReachNote reach={policy.reach} />
      {locked ? (
        <>
          <LockedBanner version={policy.version} />
          <Section title={t('summary')}>
            <p className="mb-2">{t('matches', { match: matchWords(policy.match, names) })}</p>
            <PolicyWords policy={policy} names={names} />
          </Section>
        </>
      ) : (
        <PolicyEditor key={policy.id} policy={policy} names={names} />
      )}
      <RemoveDialog policy={policy} open={removing} onOpenChange={setRemoving} />
    </>
  );
}

export function NewPolicyPage() {
  const names = useNames();
  return (
    <>
      <PageHeader crumbs={CRUMBS} title={t('addAPolicy')} description={t('addedBeforeDefaultAfter')} />
      {names === undefined ? <DetailPageSkeleton what={t('thePossibleRecipients')} /> : <PolicyEditor names={names} />}
    </>
  );
}

function RemoveDialog(props: { policy: Policy; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { policy } = props;
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => call(endpoints.deletePolicy, { params: { policyId: policy.id } }),
    onSuccess: async () => {
      router.push('/alerting/policies');
      toast(t('wasDeleted', { name: policy.name }));
      await client.invalidateQueries({ queryKey: ['listPolicies'] });
    },
  });
  return (
    <ConfirmDialog
      danger
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('delete2', { name: policy.name })}
      yes={t('delete')}
      no={t('keepIt')}
      mutation={remove}
    >
      <p>{t('incidentsGoNextPolicy')}</p>
    </ConfirmDialog>
  );
}
