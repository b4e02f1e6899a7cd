'use client';

import type { SsoConnection } from '@loopstart/contracts';
import { KeyRound, Lock, Plus } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/single-sign-on.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { ConnectionCard } from './connection-card.tsx';
import { ConnectionDialog } from './connection-dialog.tsx';
import { DomainSection } from './domain-section.tsx';
import { PolicySection } from './policy-section.tsx';
import { ProvisioningSection } from './provisioning/provisioning-section.tsx';
import { singleSignOnQuery } from './queries.ts';

/** Connections of the organisation to its identity providers, and whether they are required. */
export function SingleSignOnPage() {
  const mayNotSee = useRefusal('single-sign-on.read');
  const mayNotChange = useRefusal('single-sign-on.write');
  const [adding, setAdding] = useState(false);
  const add = (
    <Button
      look="primary"
      disabledReason={mayNotChange}
      onClick={() => setAdding(true)}
      icon={<Plus aria-hidden="true" className="size-4" />}
    >
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={add} />
      {mayNotSee === null ? (
        <Content />
      ) : (
        <Empty icon={<Lock />} title={t('notAllowedTitle')}>
          {mayNotSee}
        </Empty>
      )}
      {adding && <ConnectionDialog connection={null} onClose={() => setAdding(false)} />}
    </>
  );
}

function Content() {
  const settings = useQuery(singleSignOnQuery());
  if (settings.data === undefined) {
    if (settings.error !== null) return <Failure error={settings.error} retry={settings.refetch} />;
    return (
      <Loading what={t('loading')} className="flex flex-col gap-3">
        <Bone className="h-40" />
        <Bone className="h-28" />
      </Loading>
    );
  }
  const { connections, required, domains } = settings.data;
  return (
    <>
      {connections.length === 0 ? (
        <Empty icon={<KeyRound />} title={t('noneYet')}>
          {t('noneYetAdvice')}
        </Empty>
      ) : (
        <Cards connections={connections} />
      )}
      {domains.length > 0 && <DomainSection domains={domains} />}
      <PolicySection required={required} />
      {connections.map((connection) => (
        <ProvisioningSection key={connection.id} connection={connection} />
      ))}
    </>
  );
}

function Cards({ connections }: { connections: readonly SsoConnection[] }) {
  return (
    <section aria-label={t('connections')} className="flex flex-col gap-3">
      <ul className="flex flex-col gap-3">
        {connections.map((connection) => (
          <ConnectionCard key={connection.id} connection={connection} />
        ))}
      </ul>
    </section>
  );
}
