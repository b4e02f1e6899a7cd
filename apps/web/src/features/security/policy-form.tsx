'use client';

import { endpoints } from '@loopstart/contracts';
import { ACCEPTABLE, REQUIRED_FOR, type RequiredFor, ROLE_TABLE, ROLES } from '@loopstart/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/security.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { MultiChoice } from '../../ui/multi-choice.tsx';
import { Section } from '../../ui/section.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { rolesQuery } from '../roles/index.ts';
import { useRefusal } from '../session/index.ts';
import { NetworkFields } from './network-fields.tsx';
import { type PolicyDraft, policyOf } from './policy-draft.ts';
import { signInPolicyQuery } from './queries.ts';

/** How people sign in. */
export function PolicyForm({ start }: { start: PolicyDraft }) {
  const client = useQueryClient();
  const toast = useToast();
  const refusal = useRefusal('sign-in-policy.write');
  const [draft, setDraft] = useState(start);
  const set = (part: Partial<PolicyDraft>) => setDraft({ ...draft, ...part });
  const roles = useRoles();
  const form = useSubmit(endpoints.putSignInPolicy.body, async (body) => {
    await call(endpoints.putSignInPolicy, { body });
    await client.invalidateQueries({ queryKey: signInPolicyQuery().queryKey });
    toast(t('saved'));
  });
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit(policyOf(draft));
      }}
    >
      <Section title={t('factorTitle')}>
        <div className="flex max-w-xl flex-col gap-4">
          <ChoiceField
            label={t('required')}
            name="requiredFor"
            hint={t('requiredHint')}
            value={draft.requiredFor}
            error={form.errors['requiredFor']}
            onChange={(event) => set({ requiredFor: event.target.value as RequiredFor })}
          >
            {REQUIRED_FOR.map((one) => (
              <option key={one} value={one}>
                {t.group('requiredFor')[one]}
              </option>
            ))}
          </ChoiceField>
          {draft.requiredFor === 'roles' && (
            <MultiChoice
              legend={t('roles')}
              name="roles"
              none={t('noRole')}
              options={roles}
              value={draft.roles}
              onChange={(chosen) => set({ roles: chosen })}
              error={form.errors['roles']}
            />
          )}
          <MultiChoice
            legend={t('accepts')}
            name="accepts"
            none={t('acceptsNone')}
            options={ACCEPTABLE.map((one) => [one, t.group('acceptable')[one]] as const)}
            value={draft.accepts}
            onChange={(accepts) => set({ accepts: ACCEPTABLE.filter((one) => accepts.includes(one)) })}
            error={form.errors['accepts']}
          />
          <p className="text-sm text-ink-3">{t('acceptsHint')}</p>
          <CheckField checked={draft.ssoCounts} onChange={(ssoCounts) => set({ ssoCounts })} label={t('ssoCounts')} />
        </div>
      </Section>
      <Section title={t('timeTitle')}>
        <div className="grid max-w-xl gap-4 sm:grid-cols-2">
          <TextField
            label={t('sessionHours')}
            name="sessionHours"
            inputMode="numeric"
            value={draft.sessionHours}
            error={form.errors['sessionHours']}
            onChange={(event) => set({ sessionHours: event.target.value })}
          />
          <TextField
            label={t('idleMinutes')}
            name="idleMinutes"
            inputMode="numeric"
            hint={t('idleHint')}
            value={draft.idleMinutes}
            error={form.errors['idleMinutes']}
            onChange={(event) => set({ idleMinutes: event.target.value })}
          />
        </div>
      </Section>
      <NetworkFields draft={draft} set={set} roles={roles} errors={form.errors} />
      {form.failure !== null && <FailureNote told={form.failure} />}
      <div>
        <Button look="primary" type="submit" pending={form.pending} disabledReason={refusal}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

/** Roles of the table, and the operator's own. */
function useRoles(): (readonly [string, string])[] {
  const mayRead = useRefusal('roles.read') === null;
  const own = useQuery({ ...rolesQuery(), enabled: mayRead }).data?.items.filter((role) => role.own) ?? [];
  return [
    ...ROLES.map((role) => [role, ROLE_TABLE[role].title] as const),
    ...own.map(({ id, title }) => [id, title] as const),
  ];
}
