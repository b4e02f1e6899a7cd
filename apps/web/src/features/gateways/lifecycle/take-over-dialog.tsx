'use client';

import { ApiError, endpoints, type Gateway } from '@loopstart/contracts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { call } from '../../../lib/api/browser.ts';
import { query } from '../../../lib/api/query.ts';
import { CheckField } from '../../../ui/check-field.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { ChoiceField } from '../../../ui/field.tsx';
import { useLifecycle } from './use-lifecycle.ts';
import { t } from '../../../messages/gateways.ts';
import { t as common } from '../../../messages/common.ts';

const LIMIT = 200;

const WORDS = {
  replace: {
    title: t('replacementQuestion'),
    yes: t('replace'),
    label: t('newDevice'),
    text: t('labelsNumbersLineDevices'),
  },
  merge: {
    title: t('mergeQuestion'),
    yes: t('merge'),
    label: t('recordToKeep'),
    text: t('labelsNumbersLineDevicesOpen'),
  },
} as const;

/** Puts another gateway of the site in the place of this one. */
export function TakeOverDialog(props: {
  gateway: Gateway;
  how: keyof typeof WORDS;
  /** The one that is likely meant. */
  suggested: string | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { gateway, how } = props;
  const words = WORDS[how];
  const router = useRouter();
  const [chosen, setChosen] = useState(props.suggested ?? '');
  const [acceptLeftOver, setAccept] = useState(false);
  const list = useQuery({
    ...query('listGateways', { query: { siteId: gateway.site.id, limit: LIMIT } }),
    enabled: props.open,
  });
  const others = (list.data?.items ?? []).filter(({ id }) => id !== gateway.id);
  const params = { gatewayId: gateway.id };
  const change = useLifecycle(
    () =>
      how === 'replace'
        ? call(endpoints.replaceGateway, { params, body: { byGatewayId: chosen, acceptLeftOver } })
        : call(endpoints.mergeGateway, { params, body: { intoGatewayId: chosen, acceptLeftOver } }),
    {
      say: how === 'replace' ? t('wasReplaced', { name: gateway.name }) : t('wasMerged', { name: gateway.name }),
      after: (answer) => {
        props.onOpenChange(false);
        router.push(`/gateways/${answer.id}`);
      },
    },
  );
  const leftOver = change.error instanceof ApiError && change.error.problem.code === 'lines-left-over';
  return (
    <ConfirmDialog
      danger
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`${words.title} ${gateway.name}?`}
      yes={words.yes}
      mutation={change}
    >
      <p>{words.text}</p>
      <ChoiceField
        label={words.label}
        name="other"
        value={chosen}
        error={list.error === null ? undefined : t('gatewaysSiteNotLoaded')}
        hint={list.isSuccess && others.length === 0 ? t('siteNoOtherGateway') : undefined}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="">{list.isPending ? t('loadingGatewaysSite') : common('chooseOne')}</option>
        {others.map((other) => (
          <option key={other.id} value={other.id}>
            {t('at', { name: other.name, address: other.address })}
          </option>
        ))}
      </ChoiceField>
      {(leftOver || acceptLeftOver) && (
        <CheckField label={t('continueAlthoughSomeData')} checked={acceptLeftOver} onChange={setAccept} />
      )}
    </ConfirmDialog>
  );
}
