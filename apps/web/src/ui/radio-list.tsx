'use client';

import { useId } from 'react';

/** One of a few, below each other, for words that are too long beside each other. Native radio buttons. */
export function RadioList<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; words: string; disabled?: boolean }[];
  onChange: (value: T) => void;
  /** What is to know about the choice. */
  note?: string;
}) {
  const id = useId();
  return (
    <fieldset aria-describedby={props.note === undefined ? undefined : `${id}-note`}>
      <legend className="mb-1 text-sm font-medium">{props.label}</legend>
      {props.options.map(({ value, words, disabled = false }) => (
        <label
          key={value}
          className="flex min-h-8 cursor-pointer items-center gap-2.5 text-base has-disabled:cursor-default has-disabled:text-ink-3"
        >
          <input
            type="radio"
            name={id}
            value={value}
            checked={value === props.value}
            disabled={disabled}
            onChange={() => props.onChange(value)}
            className="size-4.5 shrink-0 accent-accent"
          />
          {words}
        </label>
      ))}
      {props.note !== undefined && (
        <p id={`${id}-note`} className="pt-1 text-sm text-ink-2">
          {props.note}
        </p>
      )}
    </fieldset>
  );
}
