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

/** Ends the sessions of a member, or resets second factors that they have lost. */
export function AccessDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const toast = useToast();
  const { name } = member;
  const params = { userId: member.id };
  const act = useMutation({
    mutationFn: async (what: 'sessions' | 'factors') => {
      if (what === 'factors') await call(endpoints.resetMemberFactors, { params });
      else await call(endpoints.endMemberSessions, { params });
      return what;
    },
    onSuccess: (what) => {
      toast(t(what === 'factors' ? 'factorsReset' : 'sessionsEnded', { name }));
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
          <p className="mb-2 text-ink-2">{t('resetFactorsAbout')}</p>
          <Button look="danger" pending={act.isPending} onClick={() => act.mutate('factors')}>
            {t('resetFactors')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
