'use client';

import { PencilLine } from 'lucide-react';
import Link from 'next/link';
import { t } from '../../../messages/configuration.ts';
import { buttonClass } from '../../../ui/button-class.ts';
import { FilterChoice } from '../../../ui/field.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { chooseDraft, useDraft } from './use-draft.ts';

/** The draft that is edited: nothing in it reaches a gateway before it is reviewed, published and deployed. */
export function DraftBar() {
  const { draft, drafts } = useDraft();
  if (draft === null) return null;
  return (
    <aside
      aria-label={t('draftBar')}
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-accent bg-accent-soft px-3.5 py-2 text-sm"
    >
      <PencilLine aria-hidden="true" className="size-4 shrink-0 text-accent" />
      {drafts.length === 1 ? (
        <span className="font-semibold text-ink">{draft.name}</span>
      ) : (
        <FilterChoice
          label={t('draft')}
          value={draft.id}
          unset={draft.name}
          options={drafts.map(({ id, name }) => [id, name] as const)}
          onChange={(id) => id !== undefined && chooseDraft(id)}
        />
      )}
      <span className="text-ink-2">{t('draftEdits', { count: draft.edits, editors: draft.editors.join(', ') })}</span>
      {draft.staleEdits > 0 && <Tag tone="minor">{t('staleEdits', { count: draft.staleEdits })}</Tag>}
      <span className="ml-auto">
        <Link href={`/configuration/drafts/${draft.id}`} className={buttonClass('primary', 'sm')}>
          {t('review')}
        </Link>
      </span>
    </aside>
  );
}
