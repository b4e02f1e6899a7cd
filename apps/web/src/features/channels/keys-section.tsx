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
import { useRoleRefusal } from '../session/index.ts';
import { RotateDialog } from './rotate-dialog.tsx';

type Key = Channel['keys'][number];

const COLUMNS: readonly Column<Key>[] = [
  {
    id: 'algorithm',
    header: 'Signature',
    rowHeader: true,
    card: 'title',
    cell: (key) => (key.algorithm === 'v1' ? 'v1, HMAC-SHA256' : 'v1a, ed25519'),
  },
  {
    id: 'public',
    header: 'Public key',
    card: 'line',
    cell: (key) =>
      key.publicKey === null ? (
        <span className="text-ink-3">The secret is shown only when it is made.</span>
      ) : (
        <span className="flex flex-wrap items-center gap-2">
          <code className="font-mono text-sm wrap-anywhere">{key.publicKey}</code>
          <CopyButton text={key.publicKey} what="public key" />
        </span>
      ),
  },
  { id: 'created', header: 'Made', cell: (key) => <Moment at={key.createdAt} siteZone={null} /> },
  {
    id: 'expires',
    header: 'Signs until',
    cell: (key) => (key.expiresAt === null ? 'you rotate it' : <Moment at={key.expiresAt} siteZone={null} />),
  },
];

/** With which keys messages are signed. */
export function KeysSection({ channel }: { channel: Channel }) {
  const refusal = useRoleRefusal('admin');
  const [rotating, setRotating] = useState(false);
  return (
    <Section
      title="Signing keys"
      note="Each message carries a signature by every one of them."
      flush
      actions={
        <Button
          size="sm"
          disabledReason={refusal}
          onClick={() => setRotating(true)}
          icon={<RotateCw aria-hidden="true" className="size-3.5" />}
        >
          Rotate
        </Button>
      }
    >
      {channel.keys.length === 0 ? (
        <Empty title="It has no key">Messages cannot be signed; rotate to make one.</Empty>
      ) : (
        <DataTable caption="Signing keys" columns={COLUMNS} rows={channel.keys} rowKey={(key) => key.id} />
      )}
      <RotateDialog channel={channel} open={rotating} onOpenChange={setRotating} />
    </Section>
  );
}
