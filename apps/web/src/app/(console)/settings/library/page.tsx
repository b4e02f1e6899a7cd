import type { Metadata } from 'next';
import { LibraryPage } from '../../../../features/library/index.ts';
import { t } from '../../../../messages/library.ts';

export const metadata: Metadata = { title: t('title') };

export default function Page() {
  return <LibraryPage />;
}
