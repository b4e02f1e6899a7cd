import type { Ownership } from '@loopstart/contracts';
import { Lock } from 'lucide-react';
import { t } from '../../messages/library.ts';
import { Tag } from '../../ui/tag.tsx';

/** Whose an object is, where that is not simply one's own. */
export function OwnershipTag({ ownership, version }: Ownership) {
  if (version === null) return null;
  if (ownership !== 'locked') return <Tag>{t('copied', { version })}</Tag>;
  return (
    <Tag tone="accent">
      <Lock aria-hidden="true" className="size-3" />
      {t('locked', { version })}
    </Tag>
  );
}
