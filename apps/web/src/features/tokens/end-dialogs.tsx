'use client';

import { endpoints, type Token } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { t } from '../../messages/tokens.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { tokensQuery } from './queries.ts';

/** Asks before a token is revoked or taken over. */
export function EndDialog({ token, act, close }: { token: Token; act: 'revoke' | 'take-over'; close: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const { name } = token;
  const params = { tokenId: token.id };
  const revokes = act === 'revoke';
  const mutation = useMutation({
    mutationFn: async () => {
      await (revokes ? call(endpoints.revokeToken, { params }) : call(endpoints.takeOverToken, { params }));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tokensQuery().queryKey });
      toast(revokes ? t('wasRevoked', { name }) : t('takenOver', { name }));
      close();
    },
  });
  return (
    <ConfirmDialog
      open
      danger={revokes}
      onOpenChange={(open) => !open && close()}
      title={revokes ? t('revokeTitle', { name }) : t('takeOverTitle', { name })}
      yes={revokes ? t('revokeYes') : t('takeOver')}
      {...(revokes ? { no: t('revokeNo') } : {})}
      mutation={mutation}
    >
      <p>{revokes ? t('revokeWords') : t('takeOverWords')}</p>
    </ConfirmDialog>
  );
}
