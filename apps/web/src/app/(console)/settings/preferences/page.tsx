import type { Metadata } from 'next';
import { PreferencesPage } from '../../../../features/settings/index.ts';
import { t } from '../../../../messages/settings.ts';

export const metadata: Metadata = { title: t('preferences') };

export default function Page() {
  return <PreferencesPage />;
}
