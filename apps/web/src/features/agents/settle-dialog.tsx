'use client';

import { type Agent, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { t } from '../../messages/agents.ts';

/** Asks before the alarm about a second machine is ended. */
export function SettleDialog(props: { agent: Agent; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { agent } = props;
  const client = useQueryClient();
  const toast = useToast();
  const settle = useMutation({
    mutationFn: () => call(endpoints.settleIdentityConflict, { params: { agentId: agent.id } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      props.onOpenChange(false);
      toast(t('alertAboutSecondMachine'), t('raisedAgainTwoMachines'));
    },
  });
  return (
    <Dialog
      alert
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('copyRemoved2')}
      footer={
        <>
          <Button onClick={() => props.onOpenChange(false)}>{t('notYet')}</Button>
          <Button look="primary" pending={settle.isPending} onClick={() => settle.mutate()}>
            {t('copyRemoved')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-ink-2">
        <p>{t('twoMachinesUsedIdentity', { hostname: agent.hostname })}</p>
        {settle.error !== null && <FailureNote told={tell(settle.error)} />}
      </div>
    </Dialog>
  );
}
