'use client';

import type { Provisioning, SsoConnection } from '@loopstart/contracts';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/provisioning.ts';
import { Button } from '../../../ui/button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { KeyBox } from '../../../ui/key-box.tsx';
import { Ago } from '../../../ui/moment.tsx';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Failure } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';
import { provisioningQuery } from '../queries.ts';
import { GroupTable, RefusedTable } from './seen-tables.tsx';
import { TokenDialog } from './token-dialog.tsx';
import { TokenTable } from './token-table.tsx';

/** What a directory keeps by a connection, and the tokens that it shows. */
export function ProvisioningSection({ connection }: { connection: SsoConnection }) {
  const refusal = useRefusal('single-sign-on.write');
  const [creating, setCreating] = useState(false);
  const shown = useQuery(provisioningQuery(connection.id));
  return (
    <Section
      title={t('title', { name: connection.name })}
      actions={
        <Button
          size="sm"
          disabledReason={refusal}
          onClick={() => setCreating(true)}
          icon={<Plus aria-hidden="true" className="size-4" />}
        >
          {t('create')}
        </Button>
      }
    >
      <p className="max-w-prose pb-4 text-ink-2">{t('about')}</p>
      {shown.data !== undefined ? (
        <Content connectionId={connection.id} provisioning={shown.data} />
      ) : shown.error !== null ? (
        <Failure error={shown.error} retry={shown.refetch} />
      ) : (
        <Loading what={t('loading')}>
          <Bone className="h-40" />
        </Loading>
      )}
      {creating && <TokenDialog connection={connection} onClose={() => setCreating(false)} />}
    </Section>
  );
}

function Content({ connectionId, provisioning }: { connectionId: string; provisioning: Provisioning }) {
  const { baseUrl, tokens, groups, refused } = provisioning;
  return (
    <div className="flex flex-col gap-5">
      <KeyBox label={t('baseUrl')} text={baseUrl} />
      <Facts columns={3} items={factsOf(provisioning)} />
      <Part title={t('tokens')} empty={tokens.length === 0 ? t('noTokens') : null}>
        <TokenTable connectionId={connectionId} tokens={tokens} />
      </Part>
      <Part title={t('groups')} empty={groups.length === 0 ? t('noGroups') : null}>
        <GroupTable groups={groups} />
      </Part>
      {refused.length > 0 && (
        <Part title={t('waiting')} empty={null}>
          <RefusedTable refused={refused} />
        </Part>
      )}
    </div>
  );
}

function Part({ title, empty, children }: { title: string; empty: string | null; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      {empty === null ? children : <p className="max-w-prose text-sm text-ink-2">{empty}</p>}
    </div>
  );
}

function factsOf({ lastRequestAt, people }: Provisioning) {
  const { received, inactive, provisioned, linked, byHand } = people;
  return [
    [t('lastRequest'), lastRequestAt === null ? t('noRequest') : <Ago key="at" at={lastRequestAt} siteZone={null} />],
    [t('received'), t('receivedCount', { received, inactive: String(inactive) })],
    [t('provisioned'), String(provisioned)],
    [t('linked'), String(linked)],
    [t('byHand'), String(byHand)],
  ] as const;
}
