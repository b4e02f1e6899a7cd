'use client';

import { PERMISSIONS, ROLE_TABLE } from '@loopstart/domain';
import { t } from '../../messages/tokens.ts';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { MultiChoice } from '../../ui/multi-choice.tsx';
import { SubjectsField, TagsField } from '../matching/index.ts';
import { useUser } from '../session/index.ts';
import { LifeFields } from './life-fields.tsx';
import { rightsToGive, rolesToGive, type TokenDraft } from './token-form.ts';

const words = t.group('form');

interface Props {
  draft: TokenDraft;
  set: (part: Partial<TokenDraft>) => void;
  errors: FieldErrors;
}

/** What a new token is, may do, where, and until when. */
export function TokenFields({ draft, set, errors }: Props) {
  return (
    <>
      <TextField
        label={words.name}
        name="name"
        hint={words.nameHint}
        value={draft.name}
        onChange={(event) => set({ name: event.target.value })}
        error={errors.name}
        maxLength={120}
      />
      <ChoiceField
        label={words.kind}
        name="kind"
        value={draft.kind}
        onChange={(event) => set({ kind: event.target.value as TokenDraft['kind'] })}
        error={errors.kind}
      >
        <option value="token">{words.kindToken}</option>
        <option value="oauth-client">{words.kindClient}</option>
      </ChoiceField>
      <RightsFields {...{ draft, set, errors }} />
      <PlaceFields {...{ draft, set, errors }} />
      <LifeFields draft={draft} set={set} errors={errors} />
    </>
  );
}

function RightsFields({ draft, set, errors }: Props) {
  const { permissions } = useUser();
  return (
    <>
      <ChoiceField
        label={words.rights}
        name="rights"
        value={draft.rights}
        onChange={(event) => set({ rights: event.target.value as TokenDraft['rights'] })}
        error={draft.rights === 'chosen' ? undefined : errors.rights}
      >
        <option value="read-only">{words.readOnly}</option>
        <option value="role">{words.asRole}</option>
        <option value="chosen">{words.chosen}</option>
      </ChoiceField>
      {draft.rights === 'role' && (
        <ChoiceField
          label={words.role}
          name="rights.role"
          value={draft.role}
          onChange={(event) => set({ role: event.target.value })}
          error={errors['rights.role']}
        >
          {rolesToGive(permissions).map((role) => (
            <option key={role} value={role}>
              {ROLE_TABLE[role].title}
            </option>
          ))}
        </ChoiceField>
      )}
      {draft.rights === 'chosen' && (
        <MultiChoice
          legend={words.permissions}
          name="rights.permissions"
          none={words.noPermission}
          options={rightsToGive(permissions).map((one) => [one, PERMISSIONS[one]] as const)}
          value={draft.permissions}
          onChange={(chosen) => set({ permissions: chosen })}
          error={errors['rights.permissions'] ?? errors.rights}
        />
      )}
    </>
  );
}

function PlaceFields({ draft, set, errors }: Props) {
  return (
    <>
      <ChoiceField
        label={words.limit}
        name="limitedTo"
        value={draft.isLimited ? 'limited' : 'everywhere'}
        onChange={(event) => set({ isLimited: event.target.value === 'limited' })}
        error={errors.limitedTo}
      >
        <option value="everywhere">{words.everywhere}</option>
        <option value="limited">{words.limited}</option>
      </ChoiceField>
      {draft.isLimited && (
        <>
          <SubjectsField
            kind="customer"
            legend={words.customers}
            name="limitedTo.customerIds"
            none={words.none}
            value={draft.customerIds}
            onChange={(customerIds) => set({ customerIds })}
            error={errors['limitedTo.customerIds']}
          />
          <SubjectsField
            kind="site"
            legend={words.sites}
            name="limitedTo.siteIds"
            none={words.none}
            value={draft.siteIds}
            onChange={(siteIds) => set({ siteIds })}
            error={errors['limitedTo.siteIds']}
          />
          <TagsField
            legend={words.tags}
            name="limitedTo.tags"
            none={words.none}
            value={draft.tags}
            onChange={(tags) => set({ tags })}
            error={errors['limitedTo.tags']}
          />
        </>
      )}
    </>
  );
}
