import type { Metadata } from 'next';
import { AuditEntryPage } from '../../../../../features/audit/index.ts';
import { t } from '../../../../../messages/audit.ts';

export const metadata: Metadata = { title: t('entry') };

export default async function Page({ params }: { params: Promise<{ entryId: string }> }) {
  const { entryId } = await params;
  return <AuditEntryPage entryId={entryId} />;
}
