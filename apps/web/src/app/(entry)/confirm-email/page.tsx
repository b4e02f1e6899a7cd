import type { Metadata } from 'next';
import { EntryFrame, ConfirmForm } from '../../../features/entry/index.ts';
import { t } from '../../../messages/entry.ts';

export const metadata: Metadata = { title: t('confirmTitle') };

export default function Page() {
  return (
    <EntryFrame title={t('confirmTitle')} signIn>
      <ConfirmForm />
    </EntryFrame>
  );
}
