'use client';

import { endpoints } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/entry.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useLink } from './use-link.ts';

/** Confirms a new e-mail address. By a press, because mail servers open links to look for viruses. */
export function ConfirmForm() {
  const link = useLink(async () => null);
  const [email, setEmail] = useState<string | null>(null);
  const form = useSubmit(endpoints.confirmEmail.body, async (body) => {
    setEmail((await call(endpoints.confirmEmail, { body })).email);
  });
  if (email !== null) return <p role="status">{t('confirmed', { email })}</p>;
  if (link.state === 'failed') return <FailureNote told={link.told} />;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-ink-2">{t('confirmAbout')}</p>
      {form.failure !== null && <FailureNote told={form.failure} />}
      <Button
        look="primary"
        wide
        pending={form.pending || link.state === 'reading'}
        onClick={() => link.state === 'open' && void form.submit({ token: link.token })}
      >
        {t('confirm')}
      </Button>
    </div>
  );
}
