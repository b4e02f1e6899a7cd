'use client';

import { AGENTS } from '../../../../features/agents/index.ts';
import { t } from '../../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('agents')} list={AGENTS} />;
}
