'use client';

import type { Channel } from '@loopstart/contracts';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { useRefusal } from '../session/index.ts';
import { RotateDialog } from './rotate-dialog.tsx';
import { t } from '../../messages/channels.ts';

type Key = Channel['keys'][number];

const COLUMNS: readonly Column<Key>[] = [
  {
    id: 'algorithm',
    header: t('signature'),
    rowHeader: true,
    card: 'title',
    cell: (key) => (key.algorithm === 'v1' ? t('v1HmacSha256') : t('v1aEd25519')),
  },
  {
    id: 'public',
    header: t('publicKey'),
    card: 'line',
    cell: (key) =>
      key.publicKey === null ? (
        <span className="text-ink-3">{t('secretShownOnlyCreated')}</span>
      ) : (
        <span className="flex flex-wrap items-center gap-2">
          <code className="font-mono text-sm wrap-anywhere">{key.publicKey}</code>
          <CopyButton text={key.publicKey} what={t('publicKey2')} />
        </span>
      ),
  },
  { id: 'created', header: t('created'), cell: (key) => <Moment at={key.createdAt} siteZone={null} /> },
  {
    id: 'expires',
    header: t('signsUntil'),
    cell: (key) => (key.expiresAt === null ? t('youRotateIt') : <Moment at={key.expiresAt} siteZone={null} />),
  },
];

/** With which keys messages are signed. */
export function KeysSection({ channel }: { channel: Channel }) {
  const refusal = useRefusal('channels.write');
  const [rotating, setRotating] = useState(false);
  return (
    <Section
      title={t('signingKeys')}
      note={t('eachMessageCarriesSignature')}
      flush
      actions={
        <Button
          size="sm"
          disabledReason={refusal}
          onClick={() => setRotating(true)}
          icon={<RotateCw aria-hidden="true" className="size-3.5" />}
        >
          {t('rotate')}
        </Button>
      }
    >
      {channel.keys.length === 0 ? (
        <Empty title={t('noSigningKey')}>{t('messagesCannotSignedRotate')}</Empty>
      ) : (
        <DataTable caption={t('signingKeys')} columns={COLUMNS} rows={channel.keys} rowKey={(key) => key.id} />
      )}
      <RotateDialog channel={channel} open={rotating} onOpenChange={setRotating} />
    </Section>
  );
}
