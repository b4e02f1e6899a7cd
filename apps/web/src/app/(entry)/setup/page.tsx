import { endpoints } from '@loopstart/contracts';
import type { Metadata } from 'next';
import { EntryFrame, SetupForm } from '../../../features/entry/index.ts';
import { serverCall } from '../../../lib/api/server.ts';
import { t } from '../../../messages/entry.ts';

export const metadata: Metadata = { title: t('setUpTitle') };

export default async function Page() {
  const call = await serverCall();
  const entry = await call(endpoints.getEntry).catch(() => null);
  return (
    <EntryFrame title={t('setUpTitle')} signIn={entry?.setUp === true}>
      {entry?.setUp === true ? <p>{t('setUpDone')}</p> : <SetupForm />}
    </EntryFrame>
  );
}
