'use client';

import type { PlacesOf } from '@loopstart/contracts';
import { OWNER, ROLE_TABLE, ROLES } from '@loopstart/domain';
import { Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { t } from '../../messages/single-sign-on.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { limitWords, PlaceFields } from '../people/index.ts';
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
              error={errors[`rules.${index}.role`]}
              onChange={(role) => change(index, withRole(rule, role))}
            />
            <Button
              aria-label={t('form.removeRule', { number: String(index + 1) })}
              onClick={() => remove(index)}
              icon={<Trash2 aria-hidden="true" className="size-4" />}
            />
            <Places
              name={`rules.${index}.limitedTo`}
              label={t('form.placesOf', { number: String(index + 1) })}
              value={rule}
              errors={errors}
              onChange={(limitedTo) => change(index, { limitedTo })}
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
        value={otherwise.role}
        error={errors['otherwise'] ?? errors['otherwise.role']}
        onChange={(role) => set({ otherwise: withRole(otherwise, role) })}
      />
      <Places
        name="otherwise.limitedTo"
        label={words.placesOfOthers}
        value={otherwise}
        errors={errors}
        onChange={(limitedTo) => set({ otherwise: { ...otherwise, limitedTo } })}
      />
    </>
  );
}

type MappedRole = Pick<ConnectionDraft['rules'][number], 'role' | 'limitedTo'>;

/** Owners work everywhere. */
const withRole = ({ limitedTo }: MappedRole, role: string): MappedRole => ({
  role,
  limitedTo: role === OWNER || role === '' ? null : limitedTo,
});

/** The customers, sites and tags to which a mapped role is limited, behind a button that says how many there are. */
function Places(props: {
  name: string;
  label: string;
  value: MappedRole;
  errors: FieldErrors;
  onChange: (limitedTo: PlacesOf | null) => void;
}) {
  const { name, label, value, errors } = props;
  const id = useId();
  const isWrong = Object.keys(errors).some((path) => path === name || path.startsWith(`${name}.`));
  const [wanted, setWanted] = useState(false);
  if (value.role === '' || value.role === OWNER) return null;
  const open = wanted || isWrong;
  return (
    <div className="flex flex-col gap-3 sm:col-span-full">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-sm text-ink-2">
          {value.limitedTo === null ? words.everywhere : limitWords(value.limitedTo)}
        </span>
        <Button size="sm" aria-label={label} aria-expanded={open} aria-controls={id} onClick={() => setWanted(!open)}>
          {words.places}
        </Button>
      </div>
      <div id={id} hidden={!open} className="flex flex-col gap-3">
        {open && <PlaceFields name={name} value={value.limitedTo} onChange={props.onChange} errors={errors} />}
      </div>
    </div>
  );
}

/** Roles that the person may give, and the present one whatever it is. */
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
    ...ROLES.filter((role) => role !== OWNER || mayAppoint).map((role) => ({
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
