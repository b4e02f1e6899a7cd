'use client';

import { endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { query } from '../../lib/api/query.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/audit.ts';
import { t as common } from '../../messages/common.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal } from '../session/index.ts';

const INSTALLATION = 'installation';
const MONTHS = [12, 18, 24, 36, 60, 84, 120];

/** How long entries are kept. */
export function RetentionButton() {
  const refusal = useRefusal('audit.write');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        disabledReason={refusal}
        icon={<CalendarClock aria-hidden="true" className="size-4" />}
        onClick={() => setOpen(true)}
      >
        {t('retention')}
      </Button>
      {open && <RetentionDialog close={() => setOpen(false)} />}
    </>
  );
}

function RetentionDialog({ close }: { close: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const { data, error } = useQuery(query('getAuditRetention'));
  const [chosen, setChosen] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (months: number | null) => call(endpoints.setAuditRetention, { body: { months } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      close();
      toast(t('retentionSaved'));
    },
  });
  const value = chosen ?? (data?.months === null || data === undefined ? INSTALLATION : String(data.months));
  const months = data?.months ?? null;
  const options = [...new Set([...MONTHS, ...(months === null ? [] : [months])])].toSorted((a, b) => a - b);
  const failure = error ?? save.error;
  return (
    <Dialog
      open
      onOpenChange={close}
      title={t('retentionTitle')}
      description={t('retentionAbout')}
      footer={
        <>
          <Button onClick={close}>{common('cancel')}</Button>
          <Button
            look="primary"
            pending={save.isPending || data === undefined}
            onClick={() => save.mutate(value === INSTALLATION ? null : Number(value))}
          >
            {common('save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {data !== undefined && (
          <ChoiceField
            label={t('keepFor')}
            name="months"
            value={value}
            onChange={(event) => setChosen(event.target.value)}
          >
            <option value={INSTALLATION}>{t('keepInstallation', { months: data.installationMonths })}</option>
            {options.map((count) => (
              <option key={count} value={count}>
                {t('keepMonths', { count })}
              </option>
            ))}
          </ChoiceField>
        )}
        {failure !== null && <FailureNote told={tell(failure)} />}
      </div>
    </Dialog>
  );
}
