'use client';

import type { FieldErrors } from '../../lib/forms/issues.ts';
import { t } from '../../messages/single-sign-on.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';
import type { ConnectionDraft } from './connection-draft.ts';
import { RuleFields } from './rule-fields.tsx';

const words = t.group('form');

/** What a connection is and does. */
export function ConnectionFields({
  draft,
  set,
  errors,
  isNew,
}: {
  draft: ConnectionDraft;
  set: (part: Partial<ConnectionDraft>) => void;
  errors: FieldErrors;
  isNew: boolean;
}) {
  const text = (name: 'name' | 'issuer' | 'clientId' | 'clientSecret' | 'groupsClaim') => ({
    name,
    value: draft[name],
    error: errors[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  return (
    <>
      <TextField label={words.name} hint={words.nameHint} maxLength={120} {...text('name')} />
      <TextField label={words.issuer} hint={words.issuerHint} inputMode="url" {...text('issuer')} />
      <TextField label={words.clientId} {...text('clientId')} />
      <TextField
        label={words.clientSecret}
        type="password"
        autoComplete="new-password"
        optional={!isNew}
        hint={isNew ? words.secretHint : words.secretKept}
        {...text('clientSecret')}
      />
      <AreaField
        label={words.domains}
        name="domains"
        hint={words.domainsHint}
        rows={2}
        value={draft.domains}
        error={errorOf(errors, 'domains')}
        onChange={(event) => set({ domains: event.target.value })}
      />
      <TextField label={words.groupsClaim} {...text('groupsClaim')} />
      <RuleFields {...{ draft, set, errors }} />
      <CheckField checked={draft.provisions} onChange={(provisions) => set({ provisions })} label={words.provisions} />
      <CheckField checked={draft.active} onChange={(active) => set({ active })} label={words.active} />
    </>
  );
}

/** The error of a list, or of the first of its entries. */
const errorOf = (errors: FieldErrors, list: string): string | undefined =>
  errors[list] ?? Object.entries(errors).find(([path]) => path.startsWith(`${list}.`))?.[1];
