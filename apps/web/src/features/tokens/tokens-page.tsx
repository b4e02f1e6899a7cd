'use client';

import type { Token } from '@loopstart/contracts';
import { KeyRound, Lock, Plus } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/tokens.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { CreateTokenDialog } from './create-dialog.tsx';
import { tokensQuery } from './queries.ts';
import { TokenCard } from './token-card.tsx';

/** API tokens and OAuth clients of the operator. */
export function TokensPage() {
  const mayNotSee = useRefusal('tokens.read');
  const mayNotCreate = useRefusal('tokens.write');
  const [creating, setCreating] = useState(false);
  const add = (
    <Button
      look="primary"
      disabledReason={mayNotCreate}
      onClick={() => setCreating(true)}
      icon={<Plus aria-hidden="true" className="size-4" />}
    >
      {t('create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={add} />
      {mayNotSee === null ? (
        <List />
      ) : (
        <Empty icon={<Lock />} title={t('notAllowedTitle')}>
          {mayNotSee}
        </Empty>
      )}
      <CreateTokenDialog open={creating} onOpenChange={setCreating} />
    </>
  );
}

function List() {
  const tokens = useQuery(tokensQuery());
  if (tokens.data === undefined) {
    if (tokens.error !== null) return <Failure error={tokens.error} retry={tokens.refetch} />;
    return (
      <Loading what={t('loading')} className="flex flex-col gap-3">
        <Bone className="h-40" />
        <Bone className="h-40" />
      </Loading>
    );
  }
  const { items } = tokens.data;
  if (items.length === 0) {
    return (
      <Empty icon={<KeyRound />} title={t('noneYet')}>
        {t('noneYetAdvice')}
      </Empty>
    );
  }
  const isLive = ({ state }: Token) => state === 'active' || state === 'unowned';
  return (
    <>
      <Cards title={t('live')} tokens={items.filter(isLive)} />
      <Cards title={t('ended')} tokens={items.filter((token) => !isLive(token))} />
    </>
  );
}

function Cards({ title, tokens }: { title: string; tokens: readonly Token[] }) {
  if (tokens.length === 0) return null;
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <h2 className="text-sm font-semibold text-ink-2">{title}</h2>
      <ul className="flex flex-col gap-3">
        {tokens.map((token) => (
          <TokenCard key={token.id} token={token} />
        ))}
      </ul>
    </section>
  );
}
