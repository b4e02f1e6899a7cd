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

/** Asks before an agent is refused for good. */
export function RevokeDialog(props: { agent: Agent; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { agent } = props;
  const client = useQueryClient();
  const toast = useToast();
  const revoke = useMutation({
    mutationFn: () => call(endpoints.revokeAgent, { params: { agentId: agent.id } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      props.onOpenChange(false);
      toast(t('wasRevoked', { hostname: agent.hostname }), t('nothingSendsAcceptedAny'));
    },
  });
  return (
    <Dialog
      alert
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('revoke2', { hostname: agent.hostname })}
      footer={
        <>
          <Button onClick={() => props.onOpenChange(false)}>{t('keepTheAgent')}</Button>
          <Button look="danger" pending={revoke.isPending} onClick={() => revoke.mutate()}>
            {t('revokePermanently')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-ink-2">
        <p>{t('certificateRefusedNowNot', { name: agent.site.name })}</p>
        {revoke.error !== null && <FailureNote told={tell(revoke.error)} />}
      </div>
    </Dialog>
  );
}
