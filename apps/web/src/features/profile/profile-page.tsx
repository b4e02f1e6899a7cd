'use client';

import { endpoints, type User } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/people.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ZoneField } from '../../ui/zone-field.tsx';
import { FactorSection } from '../factors/index.ts';
import { LinkSection } from '../single-sign-on/index.ts';
import { PasswordDialog, useUser } from '../session/index.ts';
import { OperatorList } from './operator-list.tsx';
import { SessionList } from './session-list.tsx';

/** What a person keeps of themselves, in every organisation where they work. */
export function ProfilePage() {
  const user = useUser();
  const [changing, setChanging] = useState(false);
  return (
    <>
      <PageHeader title={t('profile')} description={t('profileAbout')} />
      <Section title={t('you2')}>
        <AboutForm user={user} />
      </Section>
      <Section title={t('address')}>
        <AddressForm user={user} />
      </Section>
      <Section title={t('password')}>
        <p className="mb-3 text-ink-2">{t('passwordAbout')}</p>
        <Button onClick={() => setChanging(true)}>{t('changePassword')}</Button>
        <PasswordDialog open={changing} onOpenChange={setChanging} />
      </Section>
      <FactorSection />
      <SessionList />
      <LinkSection />
      <Section title={t('organisations')} flush>
        <OperatorList />
      </Section>
    </>
  );
}

function AboutForm({ user }: { user: User }) {
  const [name, setName] = useState(user.name);
  const [timeZone, setTimeZone] = useState(user.timeZone ?? '');
  const form = useSubmit(endpoints.updateProfile.body, async (body) => {
    await call(endpoints.updateProfile, { body });
    // Name and time zone stand in every part of the page.
    window.location.reload();
    await new Promise(() => undefined);
  });
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit({ name, timeZone: timeZone === '' ? null : timeZone });
      }}
    >
      {form.failure !== null && <FailureNote told={form.failure} />}
      <TextField
        label={t('name')}
        name="name"
        autoComplete="name"
        value={name}
        error={form.errors['name']}
        onChange={(event) => setName(event.target.value)}
      />
      <ZoneField name="timeZone" value={timeZone} error={form.errors['timeZone']} onChange={setTimeZone} />
      <div>
        <Button look="primary" type="submit" pending={form.pending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function AddressForm({ user }: { user: User }) {
  const toast = useToast();
  const [email, setEmail] = useState('');
  const [currentPassword, setCurrentPassword] = useState('');
  const form = useSubmit(endpoints.changeEmail.body, async (body) => {
    await call(endpoints.changeEmail, { body });
    setEmail('');
    setCurrentPassword('');
    toast(t('confirmationSent', { email: body.email }));
  });
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit({ email, currentPassword });
      }}
    >
      <p className="text-ink-2">{t('addressAbout', { email: user.email })}</p>
      {form.failure !== null && <FailureNote told={form.failure} />}
      <TextField
        label={t('newAddress')}
        name="email"
        type="email"
        inputMode="email"
        value={email}
        error={form.errors['email']}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        label={t('currentPassword')}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        value={currentPassword}
        error={form.errors['currentPassword']}
        onChange={(event) => setCurrentPassword(event.target.value)}
      />
      <div>
        <Button type="submit" pending={form.pending}>
          {t('sendConfirmation')}
        </Button>
      </div>
    </form>
  );
}
