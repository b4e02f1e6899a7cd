'use client';

import { SITE_COLUMNS } from '../../../../features/sites/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { Bone } from '../../../../ui/skeleton.tsx';
import { t } from '../../../../messages/shell.ts';

export default function LoadingPage() {
  return (
    <ListPageSkeleton
      what={t('sites')}
      columns={SITE_COLUMNS}
      filters={2}
      above={<Bone className="h-66 w-full sm:h-90" />}
    />
  );
}
