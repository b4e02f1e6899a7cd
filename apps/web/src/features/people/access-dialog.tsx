'use client';

import { endpoints, type Member } from '@loopstart/contracts';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/people.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';

type Params = { userId: string };

type Told = 'sessionsEnded' | 'unlinked' | 'notLinked' | 'factorsReset';

/** Each act, with what it says when it is done. */
const ACTS = {
  sessions: (params) => call(endpoints.endMemberSessions, { params }).then(() => 'sessionsEnded'),
  unlink: (params) =>
    call(endpoints.unlinkMember, { params }).then(({ unlinked }) => (unlinked === 0 ? 'notLinked' : 'unlinked')),
  factors: (params) => call(endpoints.resetMemberFactors, { params }).then(() => 'factorsReset'),
} satisfies Record<string, (params: Params) => Promise<Told>>;

/** Ends the sessions of a member, unlinks them from single sign-on, or resets second factors that they have lost. */
export function AccessDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const toast = useToast();
  const { name } = member;
  const params = { userId: member.id };
  const act = useMutation({
    mutationFn: (what: keyof typeof ACTS): Promise<Told> => ACTS[what](params),
    onSuccess: (told) => {
      toast(t(told, { name }));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('accessOf', { name })}
      footer={<Button onClick={onClose}>{common('cancel')}</Button>}
    >
      <div className="flex flex-col gap-4">
        {act.error !== null && <FailureNote told={tell(act.error)} />}
        <div>
          <p className="mb-2 text-ink-2">{t('endSessionsAbout')}</p>
          <Button pending={act.isPending} onClick={() => act.mutate('sessions')}>
            {t('endSessions')}
          </Button>
        </div>
        <div>
          <p className="mb-2 text-ink-2">{t('unlinkAbout')}</p>
          <Button pending={act.isPending} onClick={() => act.mutate('unlink')}>
            {t('unlink')}
          </Button>
        </div>
        <div>
          <p className="mb-2 text-ink-2">{t('resetFactorsAbout')}</p>
          <Button look="danger" pending={act.isPending} onClick={() => act.mutate('factors')}>
            {t('resetFactors')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
