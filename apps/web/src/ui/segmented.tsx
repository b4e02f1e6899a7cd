'use client';

import { useId } from 'react';
import { cx } from './cx.ts';

/** One of a few, all in sight. Native radio buttons: arrow keys move, and a screen reader counts them. */
export function Segmented<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [value: T, word: string])[];
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="inline-flex rounded-md border border-line bg-sunken p-0.5">
      <legend className="sr-only">{props.label}</legend>
      {props.options.map(([value, word]) => (
        <label
          key={value}
          className={cx(
            'relative inline-flex h-7 min-w-8 cursor-pointer items-center justify-center rounded-sm px-2.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
            value === props.value
              ? 'bg-surface font-medium text-ink shadow-[0_0_0_1px_var(--color-line)]'
              : 'text-ink-2 hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
            className="absolute inset-0 cursor-pointer appearance-none opacity-0"
          />
          {word}
        </label>
      ))}
    </fieldset>
  );
}
