'use client';

import { INCIDENT_COLUMNS } from '../../../../features/incidents/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/shell.ts';

export default function LoadingPage() {
  return <ListPageSkeleton what={t('incidents')} columns={INCIDENT_COLUMNS} filters={5} />;
}
