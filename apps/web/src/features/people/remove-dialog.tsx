'use client';

import { endpoints, type Member, type MemberTies } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { t } from '../../messages/people.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { tiesQuery } from './queries.ts';

/** Removes a member, after showing what names them and what is left empty. */
export function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { name, id } = member;
  const toast = useToast();
  const client = useQueryClient();
  const ties = useQuery(tiesQuery(id));
  const mutation = useMutation({
    mutationFn: () => call(endpoints.removeMember, { params: { userId: id } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      onClose();
      toast(t('removed', { name }));
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t('removeTitle', { name })}
      yes={t('remove')}
      mutation={{ ...mutation, mutate: () => mutation.mutate() }}
    >
      <p>{t('removeAbout', { name })}</p>
      {ties.error !== null && <Failure error={ties.error} retry={ties.refetch} />}
      {ties.data === undefined && ties.error === null && (
        <Loading what={t('tiesLoading')}>
          <Bone className="h-12 w-full" />
        </Loading>
      )}
      {ties.data !== undefined && <Ties name={name} ties={ties.data.items} />}
    </ConfirmDialog>
  );
}

function Ties({ name, ties }: { name: string; ties: MemberTies['items'] }) {
  if (ties.length === 0) return <p>{t('noTies', { name })}</p>;
  return (
    <div>
      <p>{t('tiesAbout', { name })}</p>
      <ul className="mt-1 list-disc pl-5">
        {ties.map((tie) => (
          <li key={`${tie.kind} ${tie.id}`}>{sentence(tie)}</li>
        ))}
      </ul>
    </div>
  );
}

function sentence({ kind, name, empty }: MemberTies['items'][number]): string {
  const what = t(`tie.${kind}`, { name });
  // An incident goes to nobody in any case.
  return empty && kind !== 'incident' ? t('tieEmpty', { what }) : what;
}
