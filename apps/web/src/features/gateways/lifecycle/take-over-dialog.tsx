'use client';

import { ApiError, endpoints, type Gateway } from '@loopstart/contracts';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { query } from '../../../lib/api/query.ts';
import { CheckField } from '../../../ui/check-field.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { ChoiceField } from '../../../ui/field.tsx';
import { useLifecycle } from './use-lifecycle.ts';

const LIMIT = 200;

const WORDS = {
  replace: {
    title: 'Which device replaces',
    yes: 'Replace it',
    label: 'The device that is there now',
    text: 'Labels, numbers, line devices and open incidents go to the same ports of the other device, and its pages show the history of this one. This gateway is retired. This cannot be undone.',
  },
  merge: {
    title: 'Which record is the same device as',
    yes: 'Merge them',
    label: 'The record that stays',
    text: 'Labels, numbers, line devices and open incidents go to the record that stays, and its pages show the history of both. This record is retired. This cannot be undone.',
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
      say: how === 'replace' ? `${gateway.name} was replaced.` : `${gateway.name} was merged.`,
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
        error={list.error === null ? undefined : 'The gateways of this site cannot be fetched now.'}
        hint={list.isSuccess && others.length === 0 ? 'This site has no other gateway in service.' : undefined}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="">{list.isPending ? 'Fetching the gateways of this site' : 'Choose one'}</option>
        {others.map((other) => (
          <option key={other.id} value={other.id}>
            {other.name} at {other.address}
          </option>
        ))}
      </ChoiceField>
      {(leftOver || acceptLeftOver) && (
        <CheckField
          label="Go on all the same: what is left over stays with the retired record"
          checked={acceptLeftOver}
          onChange={setAccept}
        />
      )}
    </ConfirmDialog>
  );
}
