'use client';

import { endpoints, type SsoConnection } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/single-sign-on.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Ago } from '../../ui/moment.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useToast } from '../../ui/toast.tsx';
import { limitWords } from '../people/index.ts';
import { rolesQuery } from '../roles/index.ts';
import { useRefusal } from '../session/index.ts';
import { ConnectionDialog } from './connection-dialog.tsx';
import { singleSignOnQuery } from './queries.ts';
import { TestResult } from './test-result.tsx';

/** One connection: what it is, who came by it, and what can be done to it. */
export function ConnectionCard({ connection }: { connection: SsoConnection }) {
  const refusal = useRefusal('single-sign-on.write');
  const [open, setOpen] = useState<'edit' | 'remove' | null>(null);
  const params = { connectionId: connection.id };
  const test = useMutation({ mutationFn: () => call(endpoints.testSsoConnection, { params }) });
  const { name, active } = connection;
  return (
    <li className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 pt-3">
        <h2 className="flex min-w-0 flex-1 basis-56 flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
          <span className="wrap-anywhere">{name}</span>
          <Tag tone={active ? 'accent' : 'unknown'}>{active ? t('on') : t('off')}</Tag>
        </h2>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" disabledReason={refusal} pending={test.isPending} onClick={() => test.mutate()}>
            {t('test')}
          </Button>
          <Button size="sm" disabledReason={refusal} onClick={() => setOpen('edit')}>
            {t('edit')}
          </Button>
          <Button size="sm" disabledReason={refusal} onClick={() => setOpen('remove')}>
            {t('remove')}
          </Button>
        </div>
      </div>
      <div className="flex flex-col gap-4 px-4 pt-3 pb-4">
        <Facts columns={2} items={factsOf(connection)} />
        {test.error !== null && <FailureNote told={tell(test.error)} />}
        {test.data !== undefined && <TestResult checks={test.data.checks} />}
      </div>
      {open === 'edit' && <ConnectionDialog connection={connection} onClose={() => setOpen(null)} />}
      {open === 'remove' && <RemoveDialog connection={connection} onClose={() => setOpen(null)} />}
    </li>
  );
}

/** The rules in their order: group, role, and to how many places it is limited. */
function RuleList({ rules }: { rules: SsoConnection['rules'] }) {
  const own = useQuery(rolesQuery()).data?.items ?? [];
  const titleOf = (role: string) => own.find(({ id }) => id === role)?.title ?? role;
  return (
    <ol className="flex list-decimal flex-col gap-1 pl-5">
      {rules.map(({ group, role, limitedTo }, index) => (
        <li key={index} className="wrap-anywhere">
          {t('ruleWords', { group, role: titleOf(role) })}
          {limitedTo !== null && <span className="block text-sm text-ink-3">{limitWords(limitedTo)}</span>}
        </li>
      ))}
    </ol>
  );
}

function factsOf(connection: SsoConnection) {
  const { issuer, domains, redirectUri, rules, provisions, linked, lastSignInAt } = connection;
  return [
    [t('issuer'), issuer],
    [t('domains'), domains.join(', ')],
    [
      t('redirectUri'),
      <code key="uri" className="font-mono text-sm">
        {redirectUri}
      </code>,
    ],
    [t('roles'), rules.length === 0 ? t('rolesHere') : <RuleList key="rules" rules={rules} />],
    [t('newcomers'), provisions ? t('join') : t('refused')],
    [t('linked'), String(linked)],
    [t('lastSignIn'), lastSignInAt === null ? t('never') : <Ago key="at" at={lastSignInAt} siteZone={null} />],
  ] as const;
}

function RemoveDialog({ connection, onClose }: { connection: SsoConnection; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const { id, name, linked } = connection;
  const mutation = useMutation({
    mutationFn: async () => {
      await call(endpoints.deleteSsoConnection, { params: { connectionId: id } });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: singleSignOnQuery().queryKey });
      toast(t('removed', { name }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={(open) => !open && onClose()}
      title={t('removeTitle', { name })}
      yes={t('removeYes')}
      mutation={mutation}
    >
      <p>{t('removeWords', { count: linked })}</p>
    </ConfirmDialog>
  );
}
