'use client';

import { endpoints } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import type { ResponseOf } from '../../lib/api/query.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/entry.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { NewPasswordField } from '../session/index.ts';
import { useLink } from './use-link.ts';

type Offer = ResponseOf<'readInvitation'>;
interface Props {
  token: string;
  offer: Offer;
}

/** Accepts an invitation: with a new account, or with the one that its address has. */
export function InvitationForm() {
  const link = useLink((token) => call(endpoints.readInvitation, { body: { token } }));
  if (link.state === 'failed') return <FailureNote told={link.told} />;
  if (link.state === 'reading')
    return (
      <Loading what={t('reading')}>
        <Bone className="h-9 w-full" />
      </Loading>
    );
  const { token, offer } = link;
  return (
    <>
      <h2 className="mb-1 font-semibold">{t('invitationTitle', { operator: offer.operator })}</h2>
      <p className="mb-1 text-sm text-ink-2">
        {t('invitationAbout', { invitedBy: offer.invitedBy, operator: offer.operator, role: offer.role })}
      </p>
      <p className="mb-4 text-sm text-ink-2">{t('invitationFor', { email: offer.email })}</p>
      {offer.account === 'new' ? (
        <NewAccount token={token} offer={offer} />
      ) : (
        <KnownAccount token={token} offer={offer} />
      )}
    </>
  );
}

function NewAccount({ token, offer }: Props) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const form = useSubmit(endpoints.acceptInvitation.body, async (body) => {
    await call(endpoints.acceptInvitation, { body });
    window.location.assign('/');
    await new Promise(() => undefined);
  });
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit({ token, name, password });
      }}
    >
      {form.failure !== null && <FailureNote told={form.failure} />}
      <input type="hidden" name="username" autoComplete="username" value={offer.email} />
      <TextField
        label={t('yourName')}
        name="name"
        autoComplete="name"
        value={name}
        error={form.errors.name}
        onChange={(event) => setName(event.target.value)}
      />
      <NewPasswordField
        label={t('password')}
        name="password"
        value={password}
        error={form.errors.password}
        words={[name, offer.email, offer.operator]}
        onChange={setPassword}
      />
      <Button look="primary" type="submit" wide pending={form.pending}>
        {t('accept')}
      </Button>
    </form>
  );
}

function KnownAccount({ token, offer }: Props) {
  const [password, setPassword] = useState('');
  const [joined, setJoined] = useState(false);
  const form = useSubmit(endpoints.joinByInvitation.body, async (body) => {
    await call(endpoints.joinByInvitation, { body });
    setJoined(true);
  });
  if (joined) return <p role="status">{t('joined', { operator: offer.operator })}</p>;
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit({ token, password });
      }}
    >
      <p className="text-sm text-ink-2">{t('knownAccount', { operator: offer.operator })}</p>
      {form.failure !== null && <FailureNote told={form.failure} />}
      <input type="hidden" name="username" autoComplete="username" value={offer.email} />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        error={form.errors.password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button look="primary" type="submit" wide pending={form.pending}>
        {t('join')}
      </Button>
    </form>
  );
}
