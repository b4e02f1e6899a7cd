'use client';

import { endpoints, type Token } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { t } from '../../../messages/provisioning.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Ago, Moment } from '../../../ui/moment.tsx';
import { type Column, DataTable } from '../../../ui/table/data-table.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useRefusal } from '../../session/index.ts';
import { provisioningQuery } from '../queries.ts';

const TONES = { active: 'accent', expired: 'unknown', revoked: 'unknown', unowned: 'minor' } as const;
const STATES: Readonly<Record<Token['state'], string>> = t.group('state');

const columnsOf = (refusal: string | null, onRevoke: (token: Token) => void): Column<Token>[] => [
  {
    id: 'name',
    header: t('name'),
    rowHeader: true,
    card: 'title',
    cell: ({ name, state, hint }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <span className="wrap-anywhere">{name}</span>
        <Tag tone={TONES[state]}>{STATES[state]}</Tag>
        <code className="font-mono text-xs text-ink-3">{hint}…</code>
      </span>
    ),
  },
  {
    id: 'used',
    header: t('used'),
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('neverUsed') : <Ago at={lastUsedAt} siteZone={null} />),
  },
  {
    id: 'expires',
    header: t('expires'),
    cell: ({ expiresAt }) => (expiresAt === null ? t('noEnd') : <Moment at={expiresAt} siteZone={null} />),
  },
  {
    id: 'actions',
    header: t('actions'),
    card: 'line',
    cell: (token) => <RevokeButton token={token} refusal={refusal} onRevoke={onRevoke} />,
  },
];

function RevokeButton(props: { token: Token; refusal: string | null; onRevoke: (token: Token) => void }) {
  const { token, refusal, onRevoke } = props;
  if (token.revokedAt !== null) return null;
  return (
    <Button size="sm" disabledReason={refusal} onClick={() => onRevoke(token)}>
      {t('revoke')}
    </Button>
  );
}

/** The tokens of a directory. */
export function TokenTable({ connectionId, tokens }: { connectionId: string; tokens: readonly Token[] }) {
  const refusal = useRefusal('single-sign-on.write');
  const [revoking, setRevoking] = useState<Token | null>(null);
  return (
    <>
      <DataTable
        caption={t('tokens')}
        columns={columnsOf(refusal, setRevoking)}
        rows={tokens}
        rowKey={({ id }) => id}
      />
      {revoking !== null && (
        <RevokeDialog connectionId={connectionId} token={revoking} onClose={() => setRevoking(null)} />
      )}
    </>
  );
}

function RevokeDialog(props: { connectionId: string; token: Token; onClose: () => void }) {
  const { connectionId, token, onClose } = props;
  const client = useQueryClient();
  const toast = useToast();
  const { id: tokenId, name } = token;
  const mutation = useMutation({
    mutationFn: async () => {
      await call(endpoints.revokeProvisioningToken, { params: { connectionId, tokenId } });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: provisioningQuery(connectionId).queryKey });
      toast(t('wasRevoked', { name }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={(open) => !open && onClose()}
      title={t('revokeTitle', { name })}
      yes={t('revokeYes')}
      mutation={mutation}
    >
      <p>{t('revokeWords')}</p>
    </ConfirmDialog>
  );
}
