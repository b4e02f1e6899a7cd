'use client';

import { type Agent, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';

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
      toast('The alarm about a second machine ends.', 'It comes back when two machines are seen again.');
    },
  });
  return (
    <Dialog
      alert
      open={props.open}
      onOpenChange={props.onOpenChange}
      title="Is the copy gone?"
      footer={
        <>
          <Button onClick={() => props.onOpenChange(false)}>Not yet</Button>
          <Button look="primary" pending={settle.isPending} onClick={() => settle.mutate()}>
            The copy is gone
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-ink-2">
        <p>
          Two machines used the identity of {agent.hostname}. Confirm only when you know that its state folder is on one
          machine and nobody else has it. If somebody else may have it, revoke the agent and install it anew.
        </p>
        {settle.error !== null && <FailureNote told={tell(settle.error)} />}
      </div>
    </Dialog>
  );
}
