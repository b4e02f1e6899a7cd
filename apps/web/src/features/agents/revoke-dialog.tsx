'use client';

import { type Agent, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';

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
      toast(`${agent.hostname} was revoked.`, 'Nothing it sends is accepted any more.');
    },
  });
  return (
    <Dialog
      alert
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`Revoke ${agent.hostname}?`}
      footer={
        <>
          <Button onClick={() => props.onOpenChange(false)}>Keep it</Button>
          <Button look="danger" pending={revoke.isPending} onClick={() => revoke.mutate()}>
            Revoke for good
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-ink-2">
        <p>
          Its certificate is refused from now on, and {agent.site.name} is not seen until another agent is installed
          there. This cannot be undone.
        </p>
        {revoke.error !== null && <FailureNote told={tell(revoke.error)} />}
      </div>
    </Dialog>
  );
}
