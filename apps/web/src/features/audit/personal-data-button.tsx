'use client';

import { endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { query } from '../../lib/api/query.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/audit.ts';
import { t as common } from '../../messages/common.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal } from '../session/index.ts';

/** What is kept about one person: exported for them, or erased. */
export function PersonalDataButton() {
  const refusal = useRefusal('audit.erase');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        disabledReason={refusal}
        icon={<UserRoundX aria-hidden="true" className="size-4" />}
        onClick={() => setOpen(true)}
      >
        {t('personalData')}
      </Button>
      {open && <PersonalDataDialog close={() => setOpen(false)} />}
    </>
  );
}

function PersonalDataDialog({ close }: { close: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const { data, error } = useQuery(query('listPeople'));
  const [userId, setUserId] = useState('');
  const [name, setName] = useState('');
  const person = data?.items.find(({ id }) => id === userId);
  const params = { userId };
  const give = useMutation({
    mutationFn: async () => save(`person-${userId}.json`, await call(endpoints.exportPersonalData, { params })),
  });
  const erase = useMutation({
    mutationFn: () => call(endpoints.erasePerson, { params, body: { name: name.trim() } }),
    onSuccess: async ({ entries }) => {
      await client.invalidateQueries();
      close();
      toast(t('personErased', { count: entries }));
    },
  });
  const failure = error ?? give.error ?? erase.error;
  const unnamed = person !== undefined && name.trim() !== person.name ? t('eraseNeedsName') : null;
  const unchosen = person === undefined ? t('choosePersonFirst') : null;
  return (
    <Dialog
      open
      onOpenChange={close}
      title={t('personalData')}
      description={t('personalDataAbout')}
      footer={
        <>
          <Button onClick={close}>{common('cancel')}</Button>
          <Button disabledReason={unchosen} pending={give.isPending} onClick={() => give.mutate()}>
            {t('exportPerson')}
          </Button>
          <Button
            look="danger"
            disabledReason={unchosen ?? unnamed}
            pending={erase.isPending}
            onClick={() => erase.mutate()}
          >
            {t('erasePerson')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <ChoiceField
          label={t('person')}
          name="userId"
          value={userId}
          onChange={(event) => {
            setUserId(event.target.value);
            setName('');
          }}
        >
          <option value="">{common('chooseOne')}</option>
          {data?.items.map((one) => (
            <option key={one.id} value={one.id}>
              {t('personWithMail', { name: one.name, email: one.email })}
            </option>
          ))}
        </ChoiceField>
        {person !== undefined && (
          <>
            <p className="text-sm text-ink-2">{t('eraseMeans', { name: person.name })}</p>
            <TextField
              label={t('eraseConfirm', { name: person.name })}
              name="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </>
        )}
        {failure !== null && <FailureNote told={tell(failure)} />}
      </div>
    </Dialog>
  );
}

/** Saves what was answered as a file. */
function save(name: string, value: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
