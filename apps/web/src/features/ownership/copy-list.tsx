'use client';

import type { Ownership } from '@loopstart/contracts';
import { type ReactNode, useState } from 'react';
import { t } from '../../messages/library.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { CopyDialog } from './copy-dialog.tsx';

export interface Copyable extends Ownership {
  id: string;
  name: string;
  about: ReactNode;
}

/** What the provider shares, to be copied; nothing where it shares nothing. */
export function CopyList(props: {
  items: readonly Copyable[] | undefined;
  error: Error | null;
  retry: () => void;
  /** Why the person may copy none; null where they may. */
  refusal: string | null;
  copy: (publicationId: string, name: string) => Promise<unknown>;
}) {
  const [copying, setCopying] = useState<Copyable | null>(null);
  if (props.error !== null && props.items === undefined) return <Failure error={props.error} retry={props.retry} />;
  const shared = (props.items ?? []).filter(({ ownership }) => ownership === 'shared');
  if (shared.length === 0) return null;
  return (
    <section aria-label={t('fromProvider')} className="flex flex-col gap-3">
      <div>
        <h2 className="text-sm font-semibold text-ink-2">{t('fromProvider')}</h2>
        <p className="text-sm text-ink-2">{t('fromProviderAbout')}</p>
      </div>
      <ul className="flex flex-col gap-3">
        {shared.map((one) => (
          <li
            key={one.id}
            className="flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-4 py-3"
          >
            <div className="min-w-0 flex-1 basis-56">
              <h3 className="flex flex-wrap items-center gap-x-2 font-semibold wrap-anywhere">
                {one.name}
                <Tag>{t('version', { version: one.version ?? 0 })}</Tag>
              </h3>
              <div className="text-sm text-ink-2">{one.about}</div>
            </div>
            <Button
              size="sm"
              aria-label={t('copyOf', { name: one.name })}
              disabledReason={props.refusal}
              onClick={() => setCopying(one)}
            >
              {t('copy')}
            </Button>
          </li>
        ))}
      </ul>
      {copying !== null && <CopyDialog from={copying} copy={props.copy} onClose={() => setCopying(null)} />}
    </section>
  );
}
