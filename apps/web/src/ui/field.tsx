'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './cx.ts';
import { t } from '../messages/common.ts';

const CONTROL =
  'w-full rounded-md border border-edge bg-surface px-2.5 text-base text-ink placeholder:text-ink-3 aria-invalid:border-critical pointer-coarse:text-lg';

interface FieldProps {
  label: string;
  /** The path of the field in its schema, by which errors find it. */
  name: string;
  error?: string | undefined;
  hint?: ReactNode;
  optional?: boolean;
}

interface ControlIds {
  id: string;
  name: string;
  'data-field': string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

/** Label, control, hint and error, tied together for everybody. */
function Field({
  label,
  name,
  error,
  hint,
  optional,
  children,
}: FieldProps & { children: (ids: ControlIds) => ReactNode }) {
  const id = useId();
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium text-ink">
        {label}
        {optional && <span className="font-normal text-ink-3">{t('optionalSuffix')}</span>}
      </label>
      {children({
        id,
        name,
        'data-field': name,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
      })}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-sm font-medium text-critical">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-xs text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}

type Own<T extends 'input' | 'textarea' | 'select'> = FieldProps &
  Omit<ComponentProps<T>, keyof FieldProps | 'className' | 'id'>;

export function TextField({ label, name, error, hint, optional, ...rest }: Own<'input'>) {
  return (
    <Field {...{ label, name, error, hint }} {...(optional ? { optional } : {})}>
      {(ids) => <input type="text" autoComplete="off" {...rest} {...ids} className={cx(CONTROL, 'h-9')} />}
    </Field>
  );
}

export function AreaField({ label, name, error, hint, optional, ...rest }: Own<'textarea'>) {
  return (
    <Field {...{ label, name, error, hint }} {...(optional ? { optional } : {})}>
      {(ids) => <textarea rows={3} {...rest} {...ids} className={cx(CONTROL, 'py-2')} />}
    </Field>
  );
}

export function ChoiceField({ label, name, error, hint, optional, ...rest }: Own<'select'>) {
  return (
    <Field {...{ label, name, error, hint }} {...(optional ? { optional } : {})}>
      {(ids) => <select {...rest} {...ids} className={cx(CONTROL, 'h-9')} />}
    </Field>
  );
}

/** A choice above a list, its label inside: "Severity: any". Native, so that a phone shows its own picker. */
export function FilterChoice(props: {
  label: string;
  value: string | undefined;
  options: readonly (readonly [value: string, word: string])[];
  onChange: (value: string | undefined) => void;
  /** What the list shows without the filter; "any" unless given. */
  unset?: string;
}) {
  const active = props.value !== undefined;
  return (
    <label
      className={cx(
        'relative inline-flex h-9 max-w-full items-center rounded-md border text-base focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent',
        active ? 'border-accent bg-accent-soft text-ink' : 'border-edge bg-surface text-ink-2 hover:bg-hover',
      )}
    >
      <span className="pointer-events-none shrink-0 pl-2.5 text-ink-3">{props.label}</span>
      <select
        value={props.value ?? ''}
        onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)}
        className="h-full min-w-0 flex-1 cursor-pointer rounded-md bg-transparent sm:field-sizing-content sm:max-w-56 pl-1.5 pr-1 font-medium text-ink outline-none [&>option]:bg-raised"
      >
        <option value="">{props.unset ?? t('any')}</option>
        {props.options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
