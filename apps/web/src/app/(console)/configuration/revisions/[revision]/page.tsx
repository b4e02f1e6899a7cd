import type { Metadata } from 'next';
import { RevisionPage } from '../../../../../features/configuration/index.ts';
import { t } from '../../../../../messages/configuration.ts';

export const metadata: Metadata = { title: t('revision') };

export default async function Page({ params }: { params: Promise<{ revision: string }> }) {
  return <RevisionPage number={Number((await params).revision)} />;
}
