import type { Metadata } from 'next';
import { EntryFrame, ResetForm } from '../../../features/entry/index.ts';
import { t } from '../../../messages/entry.ts';

export const metadata: Metadata = { title: t('resetTitle') };

export default function Page() {
  return (
    <EntryFrame title={t('resetTitle')} signIn>
      <ResetForm />
    </EntryFrame>
  );
}
