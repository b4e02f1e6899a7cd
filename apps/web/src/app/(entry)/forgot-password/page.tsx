import { endpoints } from '@loopstart/contracts';
import type { Metadata } from 'next';
import { EntryFrame, ForgotForm } from '../../../features/entry/index.ts';
import { serverCall } from '../../../lib/api/server.ts';
import { t } from '../../../messages/entry.ts';

export const metadata: Metadata = { title: t('forgotTitle') };

export default async function Page() {
  const call = await serverCall();
  const entry = await call(endpoints.getEntry).catch(() => null);
  return (
    <EntryFrame title={t('forgotTitle')} signIn>
      {entry?.mail === 'none' ? <p>{t('forgotNoMail')}</p> : <ForgotForm />}
    </EntryFrame>
  );
}
