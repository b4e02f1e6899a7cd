'use client';

import type { AuditStream } from '@loopstart/contracts';
import { Lock, Plus, Radio } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/audit-streams.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { streamsQuery } from './queries.ts';
import { RemoveStream } from './remove-stream.tsx';
import { StreamCard } from './stream-card.tsx';
import { StreamEditor } from './stream-editor.tsx';

const POLL_MS = 5_000;

/** Settings → Audit → Streams: where the audit trail is sent, and how far each stream came. */
export function StreamsPage() {
  const mayNotSee = useRefusal('audit.read');
  const mayNotChange = useRefusal('audit.write');
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        crumbs={[{ href: '/settings/audit', label: t('audit') }]}
        title={t('title')}
        description={t('description')}
        actions={
          <Button
            look="primary"
            disabledReason={mayNotChange}
            icon={<Plus aria-hidden="true" className="size-4" />}
            onClick={() => setAdding(true)}
          >
            {t('add')}
          </Button>
        }
      />
      {mayNotSee === null ? (
        <List />
      ) : (
        <Empty icon={<Lock />} title={t('notAllowedTitle')}>
          {mayNotSee}
        </Empty>
      )}
      {adding && <StreamEditor stream={null} onClose={() => setAdding(false)} />}
    </>
  );
}

function List() {
  const streams = useQuery({ ...streamsQuery(), refetchInterval: POLL_MS });
  const [editing, setEditing] = useState<AuditStream | null>(null);
  const [removing, setRemoving] = useState<AuditStream | null>(null);
  if (streams.data === undefined) {
    if (streams.error !== null) return <Failure error={streams.error} retry={streams.refetch} />;
    return (
      <Loading what={t('loading')}>
        <Bone className="h-40 w-full" />
      </Loading>
    );
  }
  const { items } = streams.data;
  if (items.length === 0)
    return (
      <Empty icon={<Radio />} title={t('noneYet')}>
        {t('noneYetAdvice')}
      </Empty>
    );
  return (
    <>
      <ul className="flex flex-col gap-3">
        {items.map((stream) => (
          <StreamCard
            key={stream.id}
            stream={stream}
            onEdit={() => setEditing(stream)}
            onRemove={() => setRemoving(stream)}
          />
        ))}
      </ul>
      {editing !== null && <StreamEditor stream={editing} onClose={() => setEditing(null)} />}
      {removing !== null && <RemoveStream stream={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}
