'use client';

import type { PermissionName } from '@loopstart/domain';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../messages/people.ts';
import { Empty } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';

/** What only those see who have the right; the others read why not. */
export function ForRight({ right, children }: { right: PermissionName; children: ReactNode }) {
  const refusal = useRefusal(right);
  if (refusal === null) return children;
  return (
    <Empty icon={<Lock />} title={t('notAllowed')}>
      {refusal}
    </Empty>
  );
}
