'use client';

import { type Agent, endpoints } from '@loopstart/contracts';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { InstallStep } from './add/install-step.tsx';
import { t } from '../../messages/agents.ts';
import { t as common } from '../../messages/common.ts';

/** Makes the command for new hardware that takes the place of an agent. */
export function ReplaceDialog({ agent, onOpenChange }: { agent: Agent; onOpenChange: (open: boolean) => void }) {
  const make = useMutation({
    mutationFn: () => call(endpoints.createReplacementToken, { params: { agentId: agent.id } }),
  });
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t('replaceAgent', { hostname: agent.hostname })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common(make.data === undefined ? 'cancel' : 'close')}</Button>
          {make.data === undefined && (
            <Button look="primary" pending={make.isPending} onClick={() => make.mutate()}>
              {t('createTheCommand')}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3 text-ink-2">
        <p>{t('replaceMeans', { gatewayCount: agent.gatewayCount })}</p>
        {make.data !== undefined && <InstallStep token={make.data} timeZone={agent.site.timeZone} />}
        {make.error !== null && <FailureNote told={tell(make.error)} />}
      </div>
    </Dialog>
  );
}
