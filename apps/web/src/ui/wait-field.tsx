'use client';

import { useId } from 'react';
import { WAIT_UNITS, type WaitUnit } from '../lib/forms/wait.ts';
import { t } from '../messages/common.ts';

const UNIT_WORDS: Record<WaitUnit, string> = t.group('waitUnit');
const CONTROL =
  'h-9 min-w-0 rounded-md border border-edge bg-surface px-2.5 text-base aria-invalid:border-critical pointer-coarse:text-lg';

/** A length of time: a number and its unit. */
export function WaitField(props: {
  label: string;
  name: string;
  wait: string;
  unit: WaitUnit;
  onChange: (part: { wait?: string; unit?: WaitUnit }) => void;
  error: string | undefined;
}) {
  const { label, error } = props;
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          data-field={props.name}
          inputMode="decimal"
          autoComplete="off"
          value={props.wait}
          onChange={(event) => props.onChange({ wait: event.target.value })}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          className={`${CONTROL} w-20`}
        />
        <select
          aria-label={t('unitOf', { label })}
          value={props.unit}
          onChange={(event) => props.onChange({ unit: event.target.value as WaitUnit })}
          className={`${CONTROL} flex-1`}
        >
          {WAIT_UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {UNIT_WORDS[unit]}
            </option>
          ))}
        </select>
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className="mt-1 text-sm font-medium text-critical">
          {error}
        </p>
      )}
    </div>
  );
}
