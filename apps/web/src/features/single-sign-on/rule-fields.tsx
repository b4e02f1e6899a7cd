'use client';

import { OWNER, ROLE_TABLE, ROLES } from '@loopstart/domain';
import { Trash2 } from 'lucide-react';
import { useQuery } from '../../lib/api/use-query.ts';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { t } from '../../messages/single-sign-on.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { rolesQuery } from '../roles/index.ts';
import { useUser } from '../session/index.ts';
import type { ConnectionDraft } from './connection-draft.ts';

const words = t.group('form');

/** Which groups have which role, in their order, and the role of everybody else. */
export function RuleFields({
  draft: { rules, otherwise },
  set,
  errors,
}: {
  draft: ConnectionDraft;
  set: (part: Partial<ConnectionDraft>) => void;
  errors: FieldErrors;
}) {
  const change = (index: number, part: Partial<ConnectionDraft['rules'][number]>) =>
    set({ rules: rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)) });
  const remove = (index: number) => set({ rules: rules.filter((_, at) => at !== index) });
  return (
    <>
      <fieldset className="flex flex-col gap-3">
        <legend className="text-sm font-medium">{words.rules}</legend>
        <p className="text-xs text-ink-3">{words.rulesHint}</p>
        {rules.map((rule, index) => (
          <div key={index} className="grid items-end gap-2 sm:grid-cols-[1fr_1fr_auto]">
            <TextField
              label={t('form.group', { number: String(index + 1) })}
              name={`rules.${index}.group`}
              value={rule.group}
              error={errors[`rules.${index}.group`]}
              onChange={(event) => change(index, { group: event.target.value })}
            />
            <RoleChoice
              label={t('form.role', { number: String(index + 1) })}
              name={`rules.${index}.role`}
              value={rule.role}
              error={errors[`rules.${index}.role`] ?? errors[`rules.${index}.limitedTo`]}
              onChange={(role) => change(index, { role, limitedTo: null })}
            />
            <Button
              aria-label={t('form.removeRule', { number: String(index + 1) })}
              onClick={() => remove(index)}
              icon={<Trash2 aria-hidden="true" className="size-4" />}
            />
          </div>
        ))}
        <div>
          <Button
            size="sm"
            onClick={() => set({ rules: [...rules, { group: '', role: 'read-only', limitedTo: null }] })}
          >
            {words.addRule}
          </Button>
        </div>
      </fieldset>
      <RoleChoice
        label={words.otherwise}
        name="otherwise"
        none={words.nobody}
        hint={words.otherwiseHint}
        value={otherwise}
        error={errors['otherwise'] ?? errors['otherwise.role'] ?? errors['otherwise.limitedTo']}
        onChange={(role) => set({ otherwise: role })}
      />
    </>
  );
}

/** Roles that work without places, and the present one whatever it is: places of a rule are given through the API. */
function RoleChoice(props: {
  label: string;
  name: string;
  value: string;
  none?: string;
  hint?: string;
  error: string | undefined;
  onChange: (role: string) => void;
}) {
  const mayAppoint = useUser().permissions.includes('owners.appoint');
  const own = useQuery(rolesQuery()).data?.items.filter((role) => role.own) ?? [];
  const offered = [
    ...ROLES.filter((role) => !ROLE_TABLE[role].limitedOnly && (role !== OWNER || mayAppoint)).map((role) => ({
      id: role as string,
      title: ROLE_TABLE[role].title as string,
    })),
    ...own.map(({ id, title }) => ({ id: id as string, title })),
  ];
  const isOffered = props.value === '' || offered.some(({ id }) => id === props.value);
  const present = (ROLE_TABLE as Record<string, { title: string }>)[props.value]?.title ?? props.value;
  return (
    <ChoiceField
      label={props.label}
      name={props.name}
      value={props.value}
      error={props.error}
      hint={props.hint}
      onChange={(event) => props.onChange(event.target.value)}
    >
      {props.none !== undefined && <option value="">{props.none}</option>}
      {!isOffered && <option value={props.value}>{present}</option>}
      {offered.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </ChoiceField>
  );
}
