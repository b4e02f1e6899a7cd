'use client';

import { endpoints } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { query } from '../../../lib/api/query.ts';
import { useQuery } from '../../../lib/api/use-query.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Failure, FailureNote } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';

/** The text of a running configuration. Its secrets are masked until somebody with the right says why they need them. */
export function RunningDialog({ configId, onClose }: { configId: string; onClose: () => void }) {
  const masked = useQuery(query('getRunningConfig', { params: { configId } }));
  const refusal = useRefusal('configuration.secrets');
  const [whole, setWhole] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const form = useSubmit(endpoints.revealRunningConfig.body, async (body) => {
    setWhole((await call(endpoints.revealRunningConfig, { params: { configId }, body })).text);
  });
  const text = whole ?? masked.data?.text;
  return (
    <Dialog
      wide
      open
      onOpenChange={onClose}
      title={t('running')}
      description={whole === null ? t('maskedAbout') : t('wholeAbout')}
    >
      <div className="flex flex-col gap-4">
        {form.failure !== null && <FailureNote told={form.failure} />}
        {text === undefined ? (
          masked.error === null ? (
            <Loading what={t('runningLower')}>
              <Bone className="h-64 w-full" />
            </Loading>
          ) : (
            <Failure error={masked.error} retry={masked.refetch} />
          )
        ) : (
          <ScrollBox label={t('running')} className="max-h-[50vh] rounded-md border border-line bg-sunken p-3">
            <pre className="w-max font-mono text-xs">{text}</pre>
          </ScrollBox>
        )}
        {whole === null && (
          <form
            noValidate
            className="flex flex-wrap items-end gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              void form.submit({ reason });
            }}
          >
            <div className="min-w-56 flex-1">
              <TextField
                label={t('revealReason')}
                name="reason"
                value={reason}
                error={form.errors['reason']}
                onChange={(event) => setReason(event.target.value)}
              />
            </div>
            <Button type="submit" disabledReason={refusal} pending={form.pending}>
              {t('reveal')}
            </Button>
          </form>
        )}
      </div>
    </Dialog>
  );
}
