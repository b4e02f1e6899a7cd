'use client';

import type { RoleView } from '@loopstart/contracts';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { query } from '../../lib/api/query.ts';
import { t } from '../../messages/roles.ts';
import { useRefusal } from '../session/index.ts';

/** How many people have a role, and their names on request. */
export function WhoHasIt({ role }: { role: RoleView }) {
  const refusal = useRefusal('members.read');
  const [open, setOpen] = useState(false);
  const members = useQuery({
    ...query('listMembers', { query: { role: [role.id], status: ['member'], limit: 500 } }),
    enabled: open && refusal === null,
  });
  const count = t('members', { count: role.members });
  if (role.members === 0) return count;
  const names = members.data?.items;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer rounded-sm">{count}</summary>
      <p className="mt-1 text-sm text-ink-2">
        {refusal === null ? (names?.map(({ name }) => name).join(', ') ?? '…') : t('whoHidden')}
      </p>
    </details>
  );
}
