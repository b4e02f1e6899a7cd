'use client';

import { SITE_COLUMNS } from '../../../../features/sites/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { Bone } from '../../../../ui/skeleton.tsx';

export default function LoadingPage() {
  return (
    <ListPageSkeleton
      what="sites"
      columns={SITE_COLUMNS}
      filters={2}
      above={<Bone className="h-66 w-full sm:h-90" />}
    />
  );
}
