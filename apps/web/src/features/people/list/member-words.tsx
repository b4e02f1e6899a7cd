'use client';

import type { Member } from '@loopstart/contracts';
import { t } from '../../../messages/people.ts';
import { Tag } from '../../../ui/tag.tsx';
import { useUser } from '../../session/index.ts';

/** Who it is, whether it is the person who looks, and whether a directory keeps them. */
export function MemberName({ member }: { member: Member }) {
  const user = useUser();
  return (
    <span className="inline-flex min-w-0 items-center gap-2 font-medium">
      <span className="truncate">{member.name}</span>
      {member.id === user.id && <Tag>{t('you')}</Tag>}
      {member.provisionedBy !== null && (
        <Tag>
          {t('provisioned')}
          <span className="sr-only">{t('provisionedBy', { name: member.provisionedBy })}</span>
        </Tag>
      )}
    </span>
  );
}

export const FactorWords = ({ factor }: Pick<Member, 'factor'>) =>
  factor === null ? t('factorHidden') : t.group('factors')[factor];
