'use client';

import type { Policy } from '@loopstart/contracts';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { IconButton } from '../../ui/button.tsx';
import { Tag } from '../../ui/tag.tsx';
import { matchWords, type Names } from '../matching/index.ts';
import { OwnershipTag } from '../ownership/index.ts';
import { PolicyWords } from './policy-words.tsx';
import { ReachNote } from './reach-note.tsx';
import { t } from '../../messages/policies.ts';

/** One policy of the list: what it takes, and whom it tells when. */
export function PolicyCard(props: {
  policy: Policy;
  names: Names | undefined;
  /** Moves it; null where it cannot go there. */
  up: (() => void) | null;
  down: (() => void) | null;
}) {
  const { policy, names, up, down } = props;
  return (
    <li className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 pt-3">
        <div className="min-w-0 flex-1">
          <h2 className="flex flex-wrap items-center gap-x-2 font-semibold">
            <Link href={`/alerting/policies/${policy.id}`} className="wrap-anywhere hover:underline">
              {policy.name}
            </Link>
            {policy.isDefault && <Tag>{t('default')}</Tag>}
            <OwnershipTag {...policy} />
          </h2>
          <p className="text-sm text-ink-2">
            {policy.isDefault
              ? t('matchesEveryIncidentNo')
              : names === undefined
                ? '…'
                : t('matches', { match: lowered(matchWords(policy.match, names)) })}
          </p>
        </div>
        <div className="flex gap-1">
          {up !== null && (
            <IconButton
              label={t('moveUp', { name: policy.name })}
              icon={<ArrowUp aria-hidden="true" className="size-4" />}
              onClick={up}
            />
          )}
          {down !== null && (
            <IconButton
              label={t('moveDown', { name: policy.name })}
              icon={<ArrowDown aria-hidden="true" className="size-4" />}
              onClick={down}
            />
          )}
        </div>
      </div>
      <div className="px-4 pt-2.5 pb-4">
        {names !== undefined && <PolicyWords policy={policy} names={names} />}
        <div className="mt-3 empty:hidden">
          <ReachNote reach={policy.reach} />
        </div>
      </div>
    </li>
  );
}

/** "Critical incidents of …" within a sentence. */
function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
